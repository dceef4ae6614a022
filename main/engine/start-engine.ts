import { Failure } from '#preload/domain/failure.ts';
import { CallPort } from '../call-port/call-port.ts';
import type { EngineCarrier, EngineExit, EngineProcess } from './carriers.ts';
import type { Engine, EngineTaskName, EngineTasks, TaskOptions } from './tasks.ts';
import type { TaskProgress } from './vocabulary.ts';

/** How long a closing engine may take to end its tasks before it is killed. */
const closingMs = 3000;

/**
 * The engine behind a carrier. Its process starts with the first task. When the process ends by itself, every task in
 * flight rejects with `engine-stopped` and the reason, and the next task starts a new process.
 * Disposing cancels what runs and resolves when the process has gone.
 */
export function startEngine(carrier: EngineCarrier): Engine {
  return new EngineClient(carrier);
}

interface RunningProcess {
  readonly process: EngineProcess;
  readonly gone: Promise<void>;
  readonly calls: CallPort<EngineTasks, TaskProgress>;
}

class EngineClient implements Engine {
  readonly #carrier: EngineCarrier;
  #running: RunningProcess | null = null;
  #closed = false;

  constructor(carrier: EngineCarrier) {
    this.#carrier = carrier;
  }

  async run<Name extends EngineTaskName>(
    task: Name,
    input: EngineTasks[Name]['input'],
    { signal, onProgress }: TaskOptions = {},
  ): Promise<EngineTasks[Name]['output']> {
    if (this.#closed) throw new Failure('engine-stopped', `The engine is closed; "${task}" was not started.`);
    if (signal?.aborted) throw new Failure('cancelled', `"${task}" was cancelled.`);
    const { calls } = (this.#running ??= this.#start());
    return calls.call(task, input, { signal, onProgress });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const running = this.#running;
    if (!running) return;
    running.calls.stop();
    const impatience = setTimeout(() => running.process.kill(), closingMs);
    await running.gone;
    clearTimeout(impatience);
  }

  #start(): RunningProcess {
    const process = this.#carrier();
    const calls = new CallPort<EngineTasks, TaskProgress>(process);
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const running: RunningProcess = { process, gone, calls };
    process.onExit((exit) => {
      if (this.#running === running) this.#running = null;
      calls.fail((task) => this.#stopped(task, exit));
      resolve();
    });
    return running;
  }

  #stopped(task: string, { reason, lastWords }: EngineExit): Failure {
    return this.#closed
      ? new Failure('engine-stopped', `The engine was closed while it was at work on "${task}".`, { task })
      : new Failure('engine-stopped', `The engine stopped while it was at work on "${task}" (${reason}); try again.`, {
          task,
          reason,
          lastWords,
        });
  }
}
