import { computingName } from '#preload/domain/inference-server.ts';
import { say } from '#preload/domain/saying.ts';
import type { OnnxModel } from '../graph/lower-to-onnx.ts';
import type { ServedPiece } from '../serving/served-graph.ts';
import { openOnBestProvider, type Forms, type ProviderOptions, type ProviderReport } from './providers.ts';
import { reasonOf } from './reason-of.ts';
import { isOfDevice, openSession, type Session } from './session.ts';
import type { TensorValues } from './tensor-value.ts';

/** What to open, and what to feed it when providers are compared. */
export interface Openable extends Forms {
  readonly model: OnnxModel | string;
  readonly probe: (session: Session) => TensorValues;
  /** As which piece of its model a server has it. */
  readonly piece?: ServedPiece;
}

/**
 * A session that is opened when first needed. A failure to open is forgotten, so that it can be tried again. A device that
 * stops working (its driver was reset, it was unplugged) is left for the processor: the run is done again there, and the
 * report says why.
 */
export class LazySession implements AsyncDisposable {
  readonly #prepare: () => Openable;
  readonly #options: ProviderOptions;
  #opening: Promise<Session> | null = null;
  #report: ProviderReport;

  /** @param prepare called at each opening, so that nothing of a graph is kept before and after. */
  constructor(prepare: () => Openable, options: ProviderOptions) {
    this.#prepare = prepare;
    this.#options = options;
    this.#report = { requested: computingName(options.provider ?? 'auto'), chosen: null, trials: [] };
  }

  get report(): ProviderReport {
    return this.#report;
  }

  open(): Promise<Session> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async run(feeds: TensorValues): Promise<TensorValues> {
    const session = await this.open();
    try {
      return await session.run(feeds);
    } catch (error) {
      const processor = await this.#leaveDevice(session, error);
      return processor.run(feeds);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    const session = await opening?.catch(() => null);
    await session?.[Symbol.asyncDispose]();
  }

  /** Opens the graph on the processor in place of `broken`; what failed there itself, or elsewhere, fails for good. */
  async #leaveDevice(broken: Session, error: unknown): Promise<Session> {
    const { provider } = broken;
    if (!isOfDevice(error, provider)) throw error;
    const threads = this.#options.threads === undefined ? {} : { threads: this.#options.threads };
    const processor = await openSession(this.#prepare().model, { provider: 'cpu', ...threads });
    this.#opening = Promise.resolve(processor);
    const problem = say('it stopped working while it was used: {{reason}}', { reason: reasonOf(error) });
    const trials = this.#report.trials.map((trial) =>
      trial.provider === provider ? { ...trial, error: problem } : trial,
    );
    this.#report = { ...this.#report, chosen: 'cpu', trials };
    await broken[Symbol.asyncDispose]();
    return processor;
  }

  async #open(): Promise<Session> {
    const { model, probe, piece, ...forms } = this.#prepare();
    const { session, report } = await openOnBestProvider(model, probe, this.#options, forms, piece);
    this.#report = report;
    return session;
  }
}
