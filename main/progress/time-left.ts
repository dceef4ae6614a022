/** Seconds before an estimate is worth showing. */
const settlingS = 2;

/** Estimates the seconds left of a job from its own pace in this run; a job taken up half-way starts from there. */
export class TimeLeft {
  readonly #now: () => number;
  #first: { readonly atMs: number; readonly done: number } | null = null;

  /** `now` in milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Null while too little was done to say; `done` from 0 to 1. */
  estimate(done: number): number | null {
    const atMs = this.#now();
    if (this.#first === null || done < this.#first.done) {
      this.#first = { atMs, done };
      return null;
    }
    const elapsedS = (atMs - this.#first.atMs) / 1000;
    const gained = done - this.#first.done;
    if (elapsedS < settlingS || gained <= 0) return null;
    return (elapsedS / gained) * (1 - done);
  }
}
