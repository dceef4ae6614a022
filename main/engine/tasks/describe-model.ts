import type { EngineTask } from './task-context.ts';

/** What a checkpoint folder holds. Fails with `not-found` or `unreadable-model` where it cannot be used. */
export const describeModelTask: EngineTask<'describeModel'> = async ({ folder }, { memory }) => {
  const facts = await memory.models.facts({ folder, provider: 'auto' });
  const { name, kind, capabilities, dim, imageSize, temporal, hash } = facts;
  const module = temporal && { frames: temporal.shape.frames, fps: temporal.fps };
  return { name, folder, kind, capabilities, dim, imageSize, temporal: module, hash };
};
