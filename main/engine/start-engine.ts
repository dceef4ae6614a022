import { Failure } from '#preload/domain/failure.ts';
import type { EngineCarrier, EngineExit, EngineProcess } from './carriers.ts';
import type { FromEngine, ToEngine } from './messages.ts';
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

interface Flight {
  readonly task: EngineTaskName;
  readonly resolve: (output: unknown) => void;
  readonly reject: (failure: Failure) => void;
  readonly onProgress: ((progress: TaskProgress) => void) | undefined;
}

interface RunningProcess {
  readonly process: EngineProcess;
  readonly gone: Promise<void>;
  readonly flights: Map<number, Flight>;
}

class EngineClient implements Engine {
  readonly #carrier: EngineCarrier;
  #running: RunningProcess | null = null;
  #lastId = 0;
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
    const { process, flights } = (this.#running ??= this.#start());
    const id = (this.#lastId += 1);
    const cancel = () => process.post({ kind: 'cancel', id });
    signal?.addEventListener('abort', cancel);
    try {
      return (await new Promise<unknown>((resolve, reject) => {
        flights.set(id, { task, resolve, reject, onProgress });
        process.post({ kind: 'run', id, task, input } as ToEngine);
      })) as EngineTasks[Name]['output'];
    } finally {
      signal?.removeEventListener('abort', cancel);
      flights.delete(id);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const running = this.#running;
    if (!running) return;
    running.process.post({ kind: 'stop' });
    const impatience = setTimeout(() => running.process.kill(), closingMs);
    await running.gone;
    clearTimeout(impatience);
  }

  #start(): RunningProcess {
    const process = this.#carrier();
    const flights = new Map<number, Flight>();
    process.onMessage((message) => receive(message, flights));
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const running: RunningProcess = { process, gone, flights };
    process.onExit((exit) => {
      if (this.#running === running) this.#running = null;
      for (const flight of flights.values()) flight.reject(this.#stopped(flight.task, exit));
      resolve();
    });
    return running;
  }

  #stopped(task: EngineTaskName, { reason, lastWords }: EngineExit): Failure {
    return this.#closed
      ? new Failure('engine-stopped', `The engine was closed while it was at work on "${task}".`, { task })
      : new Failure('engine-stopped', `The engine stopped while it was at work on "${task}" (${reason}); try again.`, {
          task,
          reason,
          lastWords,
        });
  }
}

function receive(message: FromEngine, flights: ReadonlyMap<number, Flight>): void {
  const flight = flights.get(message.id);
  if (!flight) return;
  if (message.kind === 'progress') flight.onProgress?.(message.progress);
  else if (message.kind === 'done') flight.resolve(message.output);
  else flight.reject(new Failure(message.failure.code, message.failure.message, message.failure.details));
}
