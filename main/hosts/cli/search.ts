import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import { microsecondsOf, secondsOf } from '#preload/domain/span.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { findVideo } from './find-video.ts';
import { numberOf, wholeNumberOf } from './option-values.ts';

interface SearchOptions {
  readonly like?: string;
  readonly start?: number;
  readonly end?: number;
  readonly top: number;
}

/** The moments that fit a text best, or are most like a stretch of a video. */
async function search(
  session: Session,
  project: string,
  text: string | undefined,
  { like, start, end, top }: SearchOptions,
): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const isStretch = like !== undefined && start !== undefined && end !== undefined && end > start;
  if (isStretch === (text !== undefined) || (!isStretch && (like ?? start ?? end) !== undefined))
    throw new Failure(
      'bad-input',
      verbatim('Give a text, or a video as --like with a --start and a later --end, in seconds.'),
    );
  const question = isStretch
    ? {
        like: {
          videoId: (await findVideo(client, like)).id,
          startUs: microsecondsOf(start),
          endUs: microsecondsOf(end),
        },
      }
    : { text: text! };
  const [{ moments: found, warnings: told }, videos] = await Promise.all([
    client.analysis.search({ ...question, top }),
    client.videos.list(),
  ]);
  const warnings = told.map(english);
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
  const said =
    lines.length > 0 ? lines : [`Nothing in the project ${text === undefined ? 'is like it' : `fits "${text}"`}.`];
  return { document: { text: text ?? null, moments, warnings }, text: [...said, ...warnings].join('\n') };
}

export const searchCommand: CliCommand = {
  name: 'search',
  declare: (command, perform) =>
    command
      .description('the moments that fit a text, or are like a stretch of a video')
      .argument('<project>')
      .argument('[text]')
      .option('--like <video>', 'number, name or file of a video; moments like its stretch are found')
      .option('--start <seconds>', 'where that stretch begins', numberOf)
      .option('--end <seconds>', 'where it ends', numberOf)
      .option('--top <n>', 'how many', wholeNumberOf, 20)
      .action((project, text, options) => perform((session) => search(session, project, text, options))),
};
