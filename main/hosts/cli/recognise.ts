import { Failure } from '#preload/domain/failure.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import { microsecondsOf } from '#preload/domain/span.ts';
import { findVideo } from './find-video.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { numberOf, wholeNumberOf } from './option-values.ts';

/** The most likely classes of a whole video or of one stretch, by whichever scorer the project has. */
async function recognise(
  session: Session,
  project: string,
  given: string,
  options: { readonly start?: number; readonly end?: number; readonly top: number },
): Promise<Outcome> {
  const { client } = await openProject(session, project);
  const video = await findVideo(client, given);
  const { start, end } = options;
  if ((start === undefined) !== (end === undefined) || (start !== undefined && !(end! > start))) {
    throw new Failure('bad-input', verbatim('A stretch has a --start and a later --end, in seconds.'));
  }
  const span = start === undefined ? null : { startUs: microsecondsOf(start), endUs: microsecondsOf(end!) };
  const [{ ranking, warnings: told }, classes, { settings }] = await Promise.all([
    client.analysis.recognise({ videoId: video.id, span, top: options.top }),
    client.classes.list(),
    client.projects.info(),
  ]);
  const warnings = told.map(english);
  const nameOf = new Map(classes.map(({ id, name }) => [id, name]));
  const rows = ranking.map(({ classId, probability }) => ({ class: nameOf.get(classId) ?? null, probability }));
  return {
    document: {
      video: video.name,
      scorer: settings.scorer,
      start_s: start ?? null,
      end_s: end ?? null,
      ranking: rows,
      warnings,
    },
    text: [...rows.map((row) => `${row.probability.toFixed(3)}\t${row.class}`), ...warnings].join('\n'),
  };
}

export const recogniseCommand: CliCommand = {
  name: 'recognise',
  declare: (command, perform) =>
    command
      .description('the most likely classes of a video, or of a stretch of it')
      .argument('<project>')
      .argument('<video>', 'number, name or file')
      .option('--start <seconds>', 'where the stretch begins; the whole video without', numberOf)
      .option('--end <seconds>', 'where it ends', numberOf)
      .option('--top <n>', 'how many classes', wholeNumberOf, 5)
      .action((project, video, options) => perform((session) => recognise(session, project, video, options))),
};
