import { Failure } from '#preload/domain/failure.ts';
import type { TuningPresetId } from '#preload/domain/tuning.ts';
import { useModel } from './choose-model.ts';
import { finishJobs, finishRescoring } from './finish-jobs.ts';
import { openProject } from './open-project.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Learns from the project's corrections; where the held-out ones let it, proposals are scored anew with what was learned. */
export async function tune(
  session: Session,
  project: string,
  options: { readonly model?: string; readonly preset: TuningPresetId; readonly seed: number },
): Promise<Outcome> {
  const backend = await openProject(session, project);
  const { client } = backend;
  if (options.model !== undefined) await useModel(backend, options.model);
  const { preset, seed } = options;
  const [job] = await finishJobs(session, client, async () => [(await client.tuning.start({ preset, seed })).jobId]);
  if (job === undefined || job.state !== 'done') {
    const { code, message, details } = job?.failure ?? { code: 'cancelled' as const, message: 'Tuning was cancelled.' };
    throw new Failure(code, message, details);
  }
  const [version] = (await client.tuning.status()).versions;
  if (version === undefined) throw new Failure('internal', 'Tuning ended without a version.');
  await finishRescoring(session, client);

  const { heldOut } = version;
  const scoreOf = ({ count, accuracy, logLoss }: typeof heldOut.tuned) => ({ count, accuracy, log_loss: logLoss });
  const shots = version.shots.reduce((sum, { count }) => sum + count, 0);
  const rows = { 'names alone': heldOut.zeroShot, before: heldOut.current, after: heldOut.tuned };
  return {
    document: {
      version: version.id,
      name: version.name,
      preset: version.preset,
      seed: version.seed,
      live: version.live,
      reason: version.reason,
      shots: version.shots.map(({ classId, count }) => ({ class_id: classId, count })),
      background_shots: version.backgroundShots,
      temporal: version.parts.temporal,
      held_out: {
        zero_shot: scoreOf(heldOut.zeroShot),
        before: scoreOf(heldOut.current),
        after: scoreOf(heldOut.tuned),
      },
      notes: job.notes,
    },
    text: [
      `${version.name}, learned from ${shots} segments and ${version.backgroundShots} stretches of background`,
      ...Object.entries(rows).map(
        ([name, { count, accuracy, logLoss }]) =>
          `  ${name}: ${percent(accuracy)} of ${count} held-out corrections right, loss ${logLoss.toFixed(3)}`,
      ),
      `${version.live ? 'In use' : 'Not in use'}: ${version.reason}`,
      ...job.notes.filter((note) => note !== version.reason),
    ].join('\n'),
  };
}
