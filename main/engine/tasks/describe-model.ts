import type { EngineTask } from '../task-context.ts';

/** What a checkpoint folder holds. Fails with `not-found` or `unreadable-model` where it cannot be used. */
export const describeModelTask: EngineTask<'describeModel'> = async ({ folder }, { memory }) => {
  const { name, kind, dim, imageSize, readsText, temporal } = await memory.models.facts({ folder, provider: 'auto' });
  const module = temporal && { frames: temporal.shape.frames, fps: temporal.fps };
  return { name, folder, kind, dim, imageSize, readsText, temporal: module };
};
