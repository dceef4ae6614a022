import type { EngineTaskName, EngineTasks } from '../tasks.ts';
import type { TaskControl } from '../vocabulary.ts';
import type { EngineMemory } from './engine-memory.ts';

/** What a task gets besides its input. */
export interface TaskContext extends TaskControl {
  /** What stays loaded between tasks. */
  readonly memory: EngineMemory;
}

export type EngineTask<Name extends EngineTaskName> = (
  input: EngineTasks[Name]['input'],
  context: TaskContext,
) => Promise<EngineTasks[Name]['output']>;
