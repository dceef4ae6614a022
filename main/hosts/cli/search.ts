import { secondsOf } from '#preload/domain/span.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { wholeNumberOf } from './option-values.ts';

/** The moments that fit a text best. */
async function search(
  session: Session,
  project: string,
  text: string,
  options: { readonly top: number },
): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const [{ moments: found, warnings }, videos] = await Promise.all([
    client.analysis.search({ text, top: options.top }),
    client.videos.list(),
  ]);
  const nameOf = new Map(videos.map(({ id, name }) => [id, name]));
  const moments = found.map((moment) => ({
    video_id: moment.videoId,
    video: nameOf.get(moment.videoId) ?? null,
    start_s: secondsOf(moment.startUs),
    end_s: secondsOf(moment.endUs),
    peak_s: secondsOf(moment.peakUs),
    score: moment.score,
  }));
  const lines = moments.map(
    (one) => `${one.score.toFixed(3)}\t${one.video}\t${one.start_s.toFixed(3)}-${one.end_s.toFixed(3)} s`,
  );
  const said = lines.length > 0 ? lines : [`Nothing in the project fits "${text}".`];
  return { document: { text, moments, warnings }, text: [...said, ...warnings].join('\n') };
}

export const searchCommand: CliCommand = {
  name: 'search',
  declare: (command, perform) =>
    command
      .description('the moments that fit a text')
      .argument('<project>')
      .argument('<text>')
      .option('--top <n>', 'how many', wholeNumberOf, 20)
      .action((project, text, options) => perform((session) => search(session, project, text, options))),
};
