import type { EngineMemory } from '../memory/engine-memory.ts';
import type { EngineTaskName, EngineTasks, TaskProgress } from '../tasks.ts';

/** What a task gets besides its input. */
export interface TaskContext {
  /** Aborted with a `cancelled` failure as its reason, so `signal.throwIfAborted()` throws the right thing. */
  readonly signal: AbortSignal;
  /** Tells how far the task is; calls in quick succession are thinned out. */
  readonly report: (progress: TaskProgress) => void;
  /** What stays loaded between tasks. */
  readonly memory: EngineMemory;
}

export type EngineTask<Name extends EngineTaskName> = (
  input: EngineTasks[Name]['input'],
  context: TaskContext,
) => Promise<EngineTasks[Name]['output']>;
