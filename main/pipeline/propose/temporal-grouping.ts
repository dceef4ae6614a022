import type { SpanCollector } from './span-collector.ts';

/**
 * Temporal actionness grouping (Xiong et al. 2017, Zhao et al. 2017): from the start of every run above a threshold
 * the group grows to the right while the share of samples below the threshold stays within the tolerance, and likewise
 * from the end of every run to the left. Groups begin and end on a sample above the threshold.
 *
 * With G the running sum of (below − tolerance), the share of `[s, e)` is within the tolerance exactly while
 * G(e) ≤ G(s). So the first end that breaks it is the next greater element of G, which a stack finds for all starts in
 * one pass: O(N) for each threshold and tolerance. G counts in whole percent, so that no rounding shifts an end.
 */
export class TemporalGrouping {
  readonly #above: Uint8Array;
  /** `[N + 1]` G. */
  readonly #excess: Int32Array;
  /** `[N + 1]`: the nearest end of a run at or before a boundary, and the nearest start of one at or after it. */
  readonly #runEndBefore: Int32Array;
  readonly #runStartAfter: Int32Array;
  readonly #stack: Int32Array;

  constructor(sampleCount: number) {
    this.#above = new Uint8Array(sampleCount);
    this.#excess = new Int32Array(sampleCount + 1);
    this.#runEndBefore = new Int32Array(sampleCount + 1);
    this.#runStartAfter = new Int32Array(sampleCount + 1);
    this.#stack = new Int32Array(sampleCount + 1);
  }

  /** Adds the groups of `curve` `[N]` at every threshold and tolerance to `spans`. */
  group(
    curve: Float64Array,
    thresholds: readonly number[],
    tolerancesPercent: readonly number[],
    spans: SpanCollector,
  ): void {
    for (const threshold of thresholds) {
      if (!this.#findRuns(curve, threshold)) continue;
      for (const tolerance of tolerancesPercent) {
        this.#accumulate(tolerance);
        this.#growRight(spans);
        this.#growLeft(spans);
      }
    }
  }

  #findRuns(curve: Float64Array, threshold: number): boolean {
    const count = curve.length;
    let runEnd = 0;
    for (let sample = 0; sample < count; sample += 1) {
      const isAbove = curve[sample]! >= threshold;
      this.#above[sample] = isAbove ? 1 : 0;
      if (isAbove) runEnd = sample + 1;
      this.#runEndBefore[sample + 1] = runEnd;
    }
    let runStart = count;
    this.#runStartAfter[count] = count;
    for (let sample = count - 1; sample >= 0; sample -= 1) {
      if (this.#above[sample]) runStart = sample;
      this.#runStartAfter[sample] = runStart;
    }
    return runEnd > 0;
  }

  #accumulate(tolerancePercent: number): void {
    let excess = 0;
    for (let sample = 0; sample < this.#above.length; sample += 1) {
      excess += (this.#above[sample] ? 0 : 100) - tolerancePercent;
      this.#excess[sample + 1] = excess;
    }
  }

  #growRight(spans: SpanCollector): void {
    const count = this.#above.length;
    let depth = 0;
    for (let boundary = count; boundary >= 0; boundary -= 1) {
      const excess = this.#excess[boundary]!;
      while (depth > 0 && this.#excess[this.#stack[depth - 1]!]! <= excess) depth -= 1;
      if (this.#isRunEdge(boundary)) {
        const lastAllowed = depth > 0 ? this.#stack[depth - 1]! - 1 : count;
        spans.add(boundary, this.#runEndBefore[lastAllowed]!);
      }
      this.#stack[depth++] = boundary;
    }
  }

  #growLeft(spans: SpanCollector): void {
    const count = this.#above.length;
    let depth = 0;
    for (let boundary = 0; boundary <= count; boundary += 1) {
      const excess = this.#excess[boundary]!;
      while (depth > 0 && this.#excess[this.#stack[depth - 1]!]! >= excess) depth -= 1;
      if (this.#isRunEdge(boundary - 1, boundary)) {
        const firstAllowed = depth > 0 ? this.#stack[depth - 1]! + 1 : 0;
        spans.add(this.#runStartAfter[firstAllowed]!, boundary);
      }
      this.#stack[depth++] = boundary;
    }
  }

  /** Whether `inside` is above the threshold and its neighbour on the other side of the boundary is not. */
  #isRunEdge(inside: number, outside = inside - 1): boolean {
    return this.#above[inside] === 1 && this.#above[outside] !== 1;
  }
}
