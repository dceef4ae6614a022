import type { FailureValue } from '#preload/domain/failure.ts';
import type { EngineTaskName, EngineTasks } from './tasks.ts';
import type { TaskProgress } from './vocabulary.ts';

/** What main sends to the engine process. Ids are main's and never used twice in one process's life. */
export type ToEngine =
  | {
      [Name in EngineTaskName]: { kind: 'run'; id: number; task: Name; input: EngineTasks[Name]['input'] };
    }[EngineTaskName]
  | { kind: 'cancel'; id: number }
  /** Cancel everything, close what is open, exit. */
  | { kind: 'stop' };

/** What the engine process answers: any number of `progress`, then one `done` or `failed` per run. */
export type FromEngine =
  | { kind: 'progress'; id: number; progress: TaskProgress }
  | { kind: 'done'; id: number; output: unknown }
  | { kind: 'failed'; id: number; failure: FailureValue };
