import { parentPort, workerData } from 'node:worker_threads';
import { failureValueOf } from '../../engine/failure-value.ts';
import { measureSeed, type SeedOptions } from './measure-seed.ts';
import type { Measurement } from './measurements.ts';
import type { FailureValue } from '#preload/domain/failure.ts';

/** What a thread is to measure. */
export interface SeedOrder {
  readonly seed: number;
  readonly options: SeedOptions;
}

export type FromSeed =
  | { readonly kind: 'begin'; readonly stage: string }
  | { readonly kind: 'done'; readonly measured: readonly Measurement[] }
  | { readonly kind: 'failed'; readonly failure: FailureValue };

/** Entry of a thread that measures one seed: graphs compute on the thread that runs them. */
const port = parentPort!;
const tell = (message: FromSeed): void => port.postMessage(message);
const { seed, options } = workerData as SeedOrder;
try {
  const measurements = await measureSeed(seed, options, (stage) => tell({ kind: 'begin', stage }));
  tell({ kind: 'done', measured: measurements.all() });
} catch (error) {
  tell({ kind: 'failed', failure: failureValueOf(error) });
}
port.close();
