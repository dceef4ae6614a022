import type { EngineTask } from './task-context.ts';

/** Runs a model and compares it with the reference tensors in its folder, if there are any. */
export const checkModelTask: EngineTask<'checkModel'> = (input, { memory, signal }) =>
  memory.inference.ask('check', input, { signal });
