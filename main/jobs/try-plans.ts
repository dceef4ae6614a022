import type { PlanProgress, PlanReport } from '#preload/domain/compute-plan.ts';
import type { EngineTasks } from '../engine/tasks.ts';
import type { OpenProject } from '../project/open-project.ts';
import { chosenModel } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';

/** Videos whose frames are looked at: more would leave too few of each to propose anything in. */
const mostVideos = 4;

/**
 * Tries every way to compute the project's model on frames of its videos, telling how far it has come. Fails with
 * `bad-input` without a model and with `nothing-to-do` without a video that is there.
 */
export async function* tryPlans(
  { project, engine }: ProjectWork,
  signal: AbortSignal | undefined,
): AsyncGenerator<PlanProgress, PlanReport, void> {
  const { name, folder } = chosenModel(project);
  const input = planQuestion(project, folder);
  let told = Promise.withResolvers<PlanProgress | null>();
  const running = engine
    .run('tryPlans', input, {
      ...(signal === undefined ? {} : { signal }),
      onProgress({ done, step: words }) {
        const waiting = told;
        told = Promise.withResolvers();
        waiting.resolve({ done, step: words });
      },
    })
    .finally(() => told.resolve(null));
  // What fails is told below, where it is awaited.
  running.catch(() => undefined);
  for (let next = await told.promise; next !== null; next = await told.promise) yield next;
  return { model: name, classes: input.prompts.length, ...(await running) };
}

/** What is tried: a model on frames of some videos, told apart by the classes there are. */
export function planQuestion(project: OpenProject, folder: string): EngineTasks['tryPlans']['input'] {
  const present = project.database.videos.present().filter((video) => project.mediaOf(video) !== null);
  const step = Math.max(1, present.length / mostVideos);
  const some = Array.from({ length: Math.min(mostVideos, present.length) }, (_, at) => present[Math.floor(at * step)]!);
  const prompts = project.database.classes.present().map(({ prompt }) => prompt);
  return { model: { folder }, videos: some.map(({ id }) => project.indexedMedia(id)), prompts };
}
