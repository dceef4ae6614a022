import { budgets } from '#preload/domain/budgets.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, english, type SaidValue } from '#preload/domain/saying.ts';
import { CallPort } from '../call-port/call-port.ts';
import { Watchdog } from '../call-port/watchdog.ts';
import type { EngineCarrier, EngineExit, EngineProcess } from './carriers.ts';
import type { Engine, EngineTaskName, EngineTasks, TaskOptions } from './tasks.ts';
import type { TaskProgress } from './vocabulary.ts';

/** Tasks that decode and do nothing else: the others may load a model or compute with it for minutes at one go. */
const mediaTasks: ReadonlySet<EngineTaskName> = new Set([
  'index',
  'thumbnail',
  'clipStrip',
  'findCut',
  'frames',
  'waveform',
  'spectrogram',
  'proxy',
]);

/** How long a closing engine may take to end its tasks before it is killed. */
const closingMs = 3000;

/**
 * The engine behind a carrier. Its process starts with the first task. When the process ends by itself, every task in
 * flight rejects with `engine-stopped` and the reason, and the next task starts a new process. So it goes where a task
 * gives no sign of life for longer than its budget: it is named, and the process ended.
 * Disposing cancels what runs and resolves when the process has gone.
 */
export function startEngine(carrier: EngineCarrier, onCrash: OnCrash = () => undefined): Engine {
  return new EngineClient(carrier, onCrash);
}

/** Is told why an engine ended that nobody closed, and what it wrote last. */
type OnCrash = (why: string, lastWords: string) => void;

interface RunningProcess {
  readonly process: EngineProcess;
  readonly gone: Promise<void>;
  readonly calls: CallPort<EngineTasks, TaskProgress>;
  /** The task for whose silence the process is being ended, if any. */
  silent: { readonly task: EngineTaskName; readonly seconds: number } | null;
}

class EngineClient implements Engine {
  readonly #carrier: EngineCarrier;
  #running: RunningProcess | null = null;
  readonly #onCrash: OnCrash;
  #closed = false;

  constructor(carrier: EngineCarrier, onCrash: OnCrash) {
    this.#carrier = carrier;
    this.#onCrash = onCrash;
  }

  async run<Name extends EngineTaskName>(
    task: Name,
    input: EngineTasks[Name]['input'],
    { signal, onProgress }: TaskOptions = {},
  ): Promise<EngineTasks[Name]['output']> {
    if (this.#closed)
      throw new Failure('engine-stopped', say('The engine is closed; "{{task}}" was not started.', { task }));
    if (signal?.aborted) throw new Failure('cancelled', say('"{{task}}" was cancelled.', { task }));
    const running = (this.#running ??= this.#start());
    const silenceMs = mediaTasks.has(task) ? budgets.mediaSilenceMs : budgets.modelSilenceMs;
    const watchdog = new Watchdog(silenceMs, () => {
      running.silent ??= { task, seconds: silenceMs / 1000 };
      running.process.kill();
    });
    try {
      return await running.calls.call(task, input, { signal, onProgress, onSign: () => watchdog.sign() });
    } finally {
      watchdog.stop();
    }
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
    const running: RunningProcess = { process, gone, calls, silent: null };
    process.onExit((exit) => {
      if (this.#running === running) this.#running = null;
      if (!this.#closed) this.#onCrash(english(whyOf(exit, running.silent)), exit.lastWords);
      calls.fail((task) => this.#stopped(task, exit, running.silent));
      resolve();
    });
    return running;
  }

  #stopped(task: string, { reason, lastWords }: EngineExit, silent: RunningProcess['silent']): Failure {
    if (this.#closed)
      return new Failure('engine-stopped', say('The engine was closed while it was at work on "{{task}}".', { task }), {
        task,
      });
    const why = whyOf({ reason, lastWords }, silent);
    return new Failure(
      'engine-stopped',
      say('The engine stopped while it was at work on "{{task}}" ({{why}}); try again.', { task, why }),
      { task, reason: english(why), lastWords },
    );
  }
}

const whyOf = ({ reason }: EngineExit, silent: RunningProcess['silent']): SaidValue =>
  silent === null
    ? reason
    : say('"{{task}}" gave no sign for {{seconds}} seconds', { task: silent.task, seconds: silent.seconds });
