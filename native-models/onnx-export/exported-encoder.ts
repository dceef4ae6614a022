import { normaliseRows } from '../features/unit-rows.ts';
import { LazySession } from '../runtime/lazy-session.ts';
import type { ProviderOptions, ProviderReport } from '../runtime/providers.ts';
import type { Session } from '../runtime/session.ts';
import { floatsOf, type TensorValues } from '../runtime/tensor-value.ts';
import type { EncoderPorts } from './encoder-ports.ts';

/** Builds what is fed for some rows of a batch, for an encoder with these ports. */
export type Feed = (rows: readonly number[], ports: EncoderPorts) => TensorValues;

/** One ready-made encoder. It is loaded when first used. */
export class ExportedEncoder implements AsyncDisposable {
  readonly #session: LazySession;
  readonly #readPorts: (session: Session) => EncoderPorts;

  /** @param probe what is fed, for row 0, when providers are compared. */
  constructor(
    file: string,
    readPorts: (file: string, session: Session) => EncoderPorts,
    probe: Feed,
    options: ProviderOptions,
  ) {
    this.#readPorts = (session) => readPorts(file, session);
    this.#session = new LazySession(
      () => ({
        model: file,
        probe: (session) => {
          const ports = this.#readPorts(session);
          return probe(Array<number>(ports.batch ?? 1).fill(0), ports);
        },
        withMergedTokens: null,
      }),
      options,
    );
  }

  get report(): ProviderReport {
    return this.#session.report;
  }

  /** Loads the encoder and reads its ports; fails with 'unreadable-model' where the file is not an encoder we can use. */
  async ports(): Promise<EncoderPorts> {
    return this.#readPorts(await this.#session.open());
  }

  /** Encodes `count` rows, in the batch size that the file is fixed to if it is; → `[count, D]`, each of length 1. */
  async encode(count: number, feed: Feed): Promise<Float32Array> {
    const ports = await this.ports();
    const group = ports.batch ?? count;
    const groups: Float32Array[] = [];
    for (let start = 0; start < count; start += group) {
      const rows = Array.from({ length: group }, (_, at) => Math.min(start + at, count - 1));
      const features = floatsOf(await this.#session.run(feed(rows, ports)), ports.output);
      groups.push(features.subarray(0, (features.length / group) * Math.min(group, count - start)));
    }
    return unitRows(groups, count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }
}

function unitRows(groups: readonly Float32Array[], count: number): Float32Array {
  const all = new Float32Array(groups.reduce((length, group) => length + group.length, 0));
  let filled = 0;
  for (const group of groups) {
    all.set(group, filled);
    filled += group.length;
  }
  return normaliseRows(all, all.length / count);
}
