/** Tells how far a report is and how long it will still take, from how long the same work took before. */
export class Progress {
  readonly #threads: number;
  readonly #say: (line: string) => void;
  /** Seconds that a stage took the last time. */
  readonly #seconds = new Map<string, number>();
  readonly #waiting: string[];
  readonly #total: number;
  /** By seed. */
  readonly #current = new Map<number, { readonly stage: string; readonly since: number }>();

  /** @param stages all that is begun for any seed. @param threads seeds that are worked on at the same time. */
  constructor(seeds: number, stages: readonly string[], threads: number, say: (line: string) => void) {
    this.#waiting = [...stages];
    this.#total = this.#waiting.length;
    this.#threads = Math.min(threads, seeds);
    this.#say = say;
  }

  /** A seed goes on to its next stage. */
  begin(seed: number, stage: string): void {
    this.finish(seed);
    this.#current.set(seed, { stage, since: performance.now() });
    const place = this.#waiting.indexOf(stage);
    if (place >= 0) this.#waiting.splice(place, 1);
    this.#say(`${this.#total - this.#waiting.length} of ${this.#total}: seed ${seed}, ${stage}${this.#left()}`);
  }

  /** A seed is done with its stage. */
  finish(seed: number): void {
    const current = this.#current.get(seed);
    if (current === undefined) return;
    this.#seconds.set(current.stage, (performance.now() - current.since) / 1000);
    this.#current.delete(seed);
  }

  #left(): string {
    const known = [...this.#seconds.values()];
    if (known.length === 0) return '';
    const usual = known.reduce((sum, seconds) => sum + seconds, 0) / known.length;
    const left = [...[...this.#current.values()].map(({ stage }) => stage), ...this.#waiting]
      .map((stage) => this.#seconds.get(stage) ?? usual)
      .reduce((sum, seconds) => sum + seconds, 0);
    return `, about ${Math.ceil(left / this.#threads)} s left`;
  }
}
