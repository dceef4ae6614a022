import { computingName } from '#preload/domain/inference-server.ts';
import type { OnnxModel } from '../graph/lower-to-onnx.ts';
import type { Precision } from '../graph/quantise.ts';
import type { ServedPiece } from '../serving/served-graph.ts';
import { openOnBestProvider, type ProviderOptions, type ProviderReport } from './providers.ts';
import type { Session } from './session.ts';
import type { TensorValues } from './tensor-value.ts';

/** What to open, and what to feed it when providers are compared. */
export interface Openable {
  readonly model: OnnxModel | string;
  readonly probe: (session: Session) => TensorValues;
  /** The same graph in another precision, where it has such forms. */
  readonly inPrecision?: (precision: Precision) => OnnxModel;
  /** As which piece of its model a server has it. */
  readonly piece?: ServedPiece;
}

/** A session that is opened when first needed. A failure to open is forgotten, so that it can be tried again. */
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
    return session.run(feeds);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    const session = await opening?.catch(() => null);
    await session?.[Symbol.asyncDispose]();
  }

  async #open(): Promise<Session> {
    const { model, probe, inPrecision, piece } = this.#prepare();
    const { session, report } = await openOnBestProvider(model, probe, this.#options, inPrecision, piece);
    this.#report = report;
    return session;
  }
}
