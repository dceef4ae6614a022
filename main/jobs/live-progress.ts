import type { Told } from '#preload/domain/saying.ts';
import { TimeLeft } from '../progress/time-left.ts';

/** Shortest time between two reports, in milliseconds: four a second is as much as an eye follows. */
const reportEveryMs = 250;

/** How far a running job is. It is kept in memory: only beginnings and ends are worth a write to the disk. */
export class LiveProgress {
  readonly #report: () => void;
  readonly #timeLeft = new TimeLeft();
  #reportedAtMs = 0;
  #timer: NodeJS.Timeout | null = null;
  done = 0;
  step: Told = '';
  remainingS: number | null = null;

  constructor(report: () => void) {
    this.#report = report;
  }

  /** Notes where the job is; the last word of a burst is always reported. */
  set(done: number, step: Told): void {
    this.done = Math.min(Math.max(done, 0), 1);
    this.step = step;
    this.remainingS = this.#timeLeft.estimate(this.done);
    if (this.#timer !== null) return;
    const wait = this.#reportedAtMs + reportEveryMs - Date.now();
    if (wait <= 0) this.#tell();
    else this.#timer = setTimeout(() => this.#tell(), wait);
  }

  /** No report comes after this. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #tell(): void {
    this.#timer = null;
    this.#reportedAtMs = Date.now();
    this.#report();
  }
}
