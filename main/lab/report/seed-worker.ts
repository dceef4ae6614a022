import { answerThread } from '#main/call-port/thread.ts';
import { measureSeed, type SeedOptions } from './measure-seed.ts';
import type { Measurement } from './measurements.ts';

/** What a thread is to measure. */
export interface SeedOrder {
  readonly seed: number;
  readonly options: SeedOptions;
}

/** What such a thread can be asked; it reports the stages that it begins. */
export interface SeedCalls {
  measure: { input: SeedOrder; output: readonly Measurement[] };
}

/** Entry of a thread that measures one seed: graphs compute on the thread that runs them. */
answerThread<SeedCalls, string>({
  measure: async ({ seed, options }, { report }) => ({ output: (await measureSeed(seed, options, report)).all() }),
});
