import type { SeededRandom } from '#main/random/seeded-random.ts';

/** What one kind of input is tried on. */
export interface FuzzTarget extends AsyncDisposable {
  /**
   * Draws an input, writes it into `folder` for whoever looks into a failure, and answers what takes it; that may say
   * now and then that it is alive.
   */
  prepare(random: SeededRandom, folder: string): (alive: () => void) => unknown;
  /** The most memory that processes of its own held, in KiB. */
  peakKib?(): number;
}
