import type { PlanProgress, PlanReport } from '#preload/domain/compute-plan.ts';
import { chosenModel } from './model-run.ts';
import { planQuestion } from './plan-question.ts';
import type { ProjectWork } from './project-work.ts';

/**
 * Tries every way to compute the project's model on frames of its videos, telling how far it has come, and keeps what was
 * found for whoever asks later. Fails with
 * `bad-input` without a model and with `nothing-to-do` without a video that is there.
 */
export async function* tryPlans(
  { project, engine }: ProjectWork,
  signal: AbortSignal | undefined,
): AsyncGenerator<PlanProgress, PlanReport, void> {
  const { name, folder } = chosenModel(project);
  const input = planQuestion(project, folder, { merging: true });
  let told = Promise.withResolvers<PlanProgress | null>();
  const running = engine
    .run('tryPlans', input, {
      ...(signal === undefined ? {} : { signal }),
      onProgress({ done, step }) {
        const waiting = told;
        told = Promise.withResolvers();
        waiting.resolve({ done, step });
      },
    })
    .finally(() => told.resolve(null));
  // What fails is told below, where it is awaited.
  running.catch(() => undefined);
  for (let next = await told.promise; next !== null; next = await told.promise) yield next;
  const report = { model: name, classes: input.prompts.length, ...(await running) };
  project.keepPlanReport(report);
  return report;
}
