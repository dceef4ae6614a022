/** Spans of samples, `[start, end)` as boundary indices; both arrays have the same length. */
export interface SampleSpans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Collects candidate spans of one video from several sources and gives each of them once. */
export class SpanCollector {
  readonly #boundaries: number;
  #keys = new Float64Array(1024);
  #count = 0;

  /** @param sampleCount N; spans lie in `0 … N`. */
  constructor(sampleCount: number) {
    this.#boundaries = sampleCount + 1;
  }

  add(start: number, end: number): void {
    if (this.#count === this.#keys.length) {
      const wider = new Float64Array(this.#keys.length * 2);
      wider.set(this.#keys);
      this.#keys = wider;
    }
    // One number a span, so that sorting and finding equal ones needs no objects.
    this.#keys[this.#count++] = start * this.#boundaries + end;
  }

  /** All different spans, by start and then by end. */
  distinct(): SampleSpans {
    const keys = this.#keys.subarray(0, this.#count).sort();
    let distinctCount = 0;
    for (let index = 0; index < keys.length; index += 1) {
      if (index === 0 || keys[index] !== keys[index - 1]) keys[distinctCount++] = keys[index]!;
    }
    this.#count = distinctCount;
    const starts = new Int32Array(distinctCount);
    const ends = new Int32Array(distinctCount);
    for (let index = 0; index < distinctCount; index += 1) {
      starts[index] = Math.floor(keys[index]! / this.#boundaries);
      ends[index] = keys[index]! % this.#boundaries;
    }
    return { starts, ends };
  }
}
