import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { childProcessCarrier } from '../engine/carriers.ts';
import { startEngine } from '../engine/start-engine.ts';
import type { Engine, EngineTaskName, EngineTasks, TaskOptions } from '../engine/tasks.ts';
import type { LocalisedSegment } from '../engine/vocabulary.ts';

type Task<Name extends EngineTaskName> = (
  input: EngineTasks[Name]['input'],
  options: TaskOptions,
) => EngineTasks[Name]['output'] | Promise<EngineTasks[Name]['output']>;

/** The engine itself: its process starts with the first task and serves every test of a file. */
export const engineItself: Engine = startEngine(childProcessCarrier);
afterAll(() => engineItself[Symbol.asyncDispose]());

/**
 * The engine itself, but for the tasks that a test plays: to hold them, to let them fail or die, or to answer figures
 * that a model of random weights would never come to. What was asked is kept.
 */
export class PlayedEngine implements Engine {
  readonly asked: { readonly task: EngineTaskName; readonly input: unknown }[] = [];
  readonly tasks: { [Name in EngineTaskName]?: Task<Name> | undefined } = {};

  /** Plays what localisation proposes per video file name. */
  playProposals(proposals: (fileName: string, classIds: readonly number[]) => readonly LocalisedSegment[]): void {
    this.tasks.localise = ({ media, classes }) => ({
      segments: proposals(
        basename(media.path),
        classes.map(({ classId }) => classId),
      ),
      warnings: [],
    });
  }

  async run<Name extends EngineTaskName>(
    task: Name,
    input: EngineTasks[Name]['input'],
    options: TaskOptions = {},
  ): Promise<EngineTasks[Name]['output']> {
    this.asked.push({ task, input });
    const play = this.tasks[task];
    if (play === undefined) return engineItself.run(task, input, options);
    // As between processes: others get their turn.
    await setImmediate();
    if (options.signal?.aborted === true) throw new Failure('cancelled', verbatim(`"${task}" was cancelled.`));
    return play(input, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.resolve();
  }
}

/** A task that waits: it reports, and ends when it is told to or its signal aborts. */
export function heldTask<Output>(): {
  readonly run: (input: unknown, options: TaskOptions) => Promise<Output>;
  /** Resolves when the task has begun. */
  readonly begun: Promise<TaskOptions>;
  readonly finish: (output: Output) => void;
} {
  const begun = Promise.withResolvers<TaskOptions>();
  const ended = Promise.withResolvers<Output>();
  return {
    run: async (_input, options) => {
      options.signal?.addEventListener('abort', () => ended.reject(new Failure('cancelled', verbatim('Cancelled.'))));
      begun.resolve(options);
      return ended.promise;
    },
    begun: begun.promise,
    finish: ended.resolve,
  };
}
