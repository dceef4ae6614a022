import type { EngineTasks } from '../engine/tasks.ts';
import type { OpenProject } from '../project/open-project.ts';

/** Videos whose frames are looked at: more would leave too few of each to propose anything in. */
const mostVideos = 4;

/** What is tried: a model on frames of some videos, told apart by the classes there are; with merged tokens as well where that is asked. */
export function planQuestion(
  project: OpenProject,
  folder: string,
  { merging }: { readonly merging: boolean },
): EngineTasks['tryPlans']['input'] {
  const present = project.database.videos.present().filter((video) => project.mediaOf(video) !== null);
  const step = Math.max(1, present.length / mostVideos);
  const some = Array.from({ length: Math.min(mostVideos, present.length) }, (_, at) => present[Math.floor(at * step)]!);
  const prompts = project.database.classes.present().map(({ prompt }) => prompt);
  return { model: { folder }, videos: some.map(({ id }) => project.indexedMedia(id)), prompts, merging };
}
