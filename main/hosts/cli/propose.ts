import { scorerMode, type ScorerMode } from '#preload/domain/settings.ts';
import { english } from '#preload/domain/saying.ts';
import { useModel, useOnlyModel, useScorer } from './choose-model.ts';
import { findVideo } from './find-video.ts';
import { finishJobs } from './finish-jobs.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { oneOf } from './option-values.ts';

/** Features where missing, then proposals, stored in the project; of one video or all. */
async function propose(
  session: Session,
  project: string,
  options: {
    readonly model?: string;
    readonly scorer?: ScorerMode;
    readonly scorerModel?: string;
    readonly video?: readonly string[];
  },
): Promise<Outcome> {
  const backend = await openProject(session, project);
  const { client } = backend;
  const only = options.model === undefined ? await useOnlyModel(backend) : null;
  if (options.model !== undefined) await useModel(backend, options.model);
  await useScorer(backend, options);
  const videoIds = options.video
    ? await Promise.all(options.video.map(async (one) => (await findVideo(client, one)).id))
    : null;
  const jobs = await finishJobs(session, client, async () => (await client.analysis.propose({ videoIds })).jobIds);

  const byId = new Map((await client.videos.list()).map((video) => [video.id, video]));
  const videos = jobs.map((job) => ({
    video_id: job.videoId,
    video: job.videoId === null ? null : (byId.get(job.videoId)?.name ?? null),
    ok: job.state === 'done',
    proposed: job.videoId === null ? 0 : (byId.get(job.videoId)?.counts.proposed ?? 0),
    notes: job.notes.map(english),
    ...(job.failure && { error: { code: job.failure.code, message: job.failure.message } }),
  }));
  const { settings } = await client.projects.info();
  const text = videos.map((one) =>
    one.ok
      ? [`${one.video}: ${one.proposed} proposals`, ...one.notes].join('; ')
      : `${one.video}: ${one.error?.message ?? 'cancelled'}`,
  );
  return {
    document: { model: settings.model, scorer: settings.scorer, scorer_model: settings.scorerModel, videos },
    text: [...(only ? [`With ${only}, the only model here that fits.`] : []), ...text].join('\n'),
    incomplete: videos.some(({ ok }) => !ok),
  };
}

export const proposeCommand: CliCommand = {
  name: 'propose',
  declare: (command, perform) =>
    command
      .description('features where missing, then proposals, stored in the project')
      .argument('<project>')
      .option(
        '--model <model>',
        'a registered name or a checkpoint folder, kept; else the project’s, or the only one known',
      )
      .option('--scorer <scorer>', `who scores, kept: ${scorerMode.options.join('|')}`, oneOf(scorerMode.options))
      .option('--scorer-model <model>', 'the X-CLIP that scores, a registered name or a checkpoint folder, kept')
      .option('--video <video...>', 'only these: number, name or file')
      .action((project, options) => perform((session) => propose(session, project, options))),
};
