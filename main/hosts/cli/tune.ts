import { Failure } from '#preload/domain/failure.ts';
import type { Comparison } from '#preload/domain/judgement.ts';
import { tuningPresetId, type TuningPresetId } from '#preload/domain/tuning.ts';
import { verbatim, english } from '#preload/domain/saying.ts';
import { useModel } from './choose-model.ts';
import { doneJob, finishJobs, finishRescoring } from './finish-jobs.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';
import type { CliCommand } from './cli-command.ts';
import { oneOf, wholeNumberOf } from './option-values.ts';

/** Learns from the project's corrections; where the held-out ones let it, proposals are scored anew with what was learned. */
async function tune(
  session: Session,
  project: string,
  options: { readonly model?: string; readonly preset: TuningPresetId; readonly seed: number },
): Promise<Outcome> {
  const backend = await openProject(session, project);
  const { client } = backend;
  if (options.model !== undefined) await useModel(backend, options.model);
  const { preset, seed } = options;
  const started = async () => [(await client.tuning.start({ preset, seed })).jobId];
  const job = doneJob(await finishJobs(session, client, started), 'Tuning was cancelled.');
  const {
    versions: [version],
    boundaryVersions,
  } = await client.tuning.status();
  if (version === undefined) throw new Failure('internal', verbatim('Tuning ended without a version.'));
  // A head of the same teaching, where one was trained.
  const edges = boundaryVersions.find(({ createdAt }) => createdAt === version.createdAt) ?? null;
  await finishRescoring(session, client);

  const notes = job.notes.map(english);
  const reason = english(version.reason);
  const edgesReason = edges && english(edges.reason);
  const { judgement, parts } = version;
  const shots = version.shots.reduce((sum, { count }) => sum + count, 0);
  return {
    document: {
      version: version.id,
      name: version.name,
      preset: version.preset,
      seed: version.seed,
      live: version.live,
      reason,
      shots: version.shots.map(({ classId, count }) => ({ class_id: classId, count })),
      background_shots: version.backgroundShots,
      temporal: parts.temporal,
      judged: {
        prompts: judged(judgement?.prompts),
        names_without_examples: judged(judgement?.namesWithoutShots),
        temporal: judged(judgement?.temporal),
        boundaries: judged(edges?.judgement),
      },
      boundaries: edges === null ? null : { version: edges.id, live: edges.live, reason: edgesReason },
      notes,
    },
    text: [
      `${version.name}, learned from ${shots} segments and ${version.backgroundShots} stretches of background`,
      `${version.live ? 'In use' : 'Not in use'}: ${reason}`,
      ...(edges === null ? [] : [`${edges.live ? 'In use' : 'Not in use'}: ${edgesReason}`]),
      ...notes.filter((note) => note !== reason && note !== edgesReason),
    ].join('\n'),
  };
}

/** mAP@0.3:0.7 without and with a part, on held-back videos. */
const judged = (found: Comparison | null | undefined) =>
  found
    ? {
        verdict: found.verdict,
        videos: found.videos,
        before: found.before,
        after: found.after,
        low: found.difference.low,
        high: found.difference.high,
      }
    : null;

export const tuneCommand: CliCommand = {
  name: 'tune',
  declare: (command, perform) =>
    command
      .description('learn from the corrections; what is learned goes live if corrections held back say so')
      .argument('<project>')
      .option('--model <model>', 'a registered name or a checkpoint folder, kept as the project’s model')
      .option('--preset <preset>', tuningPresetId.options.join('|'), oneOf(tuningPresetId.options), 'quick')
      .option('--seed <n>', 'the same corrections and seed give the same result', wholeNumberOf, 1)
      .action((project, options) => perform((session) => tune(session, project, options))),
};
