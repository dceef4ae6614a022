import { samplesOf } from '../propose/sample-grid.ts';
import type { SimilarityCurve } from './moments-in-video.ts';

/** Where a video's features lie, to read some of them. */
export interface FeatureRows {
  readonly count: number;
  readonly endUs: number;
  /** `[count]` */
  times(): Float64Array;
  /** `[to - from]` dot products of some samples' features with a vector `[D]`. */
  dots(from: number, to: number, vector: Float64Array): Float64Array;
}

interface CurveFacts {
  /** The usual distance of two samples, seconds. */
  readonly stepS: number;
  readonly smoothingS: number;
  /** The lower quartile of the curve, or an estimate. */
  readonly usual: () => number;
}

/** Where samples are missing, so many beyond them are read as well: the next question will be about those. */
const ahead = 8;

/** A video's similarity to a unit query `[D]`, smoothed, of which no more is read than is looked at. */
export class SampledCurve implements SimilarityCurve {
  readonly count: number;
  readonly endUs: number;
  readonly stepS: number;
  readonly #rows: FeatureRows;
  readonly #query: Float64Array;
  readonly #usualNow: () => number;
  readonly #half: number;
  /** `[count]` similarities; those that were not read yet are no numbers. */
  readonly #raw: Float64Array;
  #usual: number | undefined;
  #timesUs: Float64Array | undefined;

  constructor(rows: FeatureRows, query: Float64Array, { stepS, smoothingS, usual }: CurveFacts) {
    this.count = rows.count;
    this.endUs = rows.endUs;
    this.stepS = stepS;
    this.#rows = rows;
    this.#query = query;
    this.#usualNow = usual;
    this.#half = samplesOf({ stepS }, smoothingS) >> 1;
    this.#raw = new Float64Array(rows.count).fill(Number.NaN);
  }

  get timesUs(): Float64Array {
    return (this.#timesUs ??= this.#rows.times());
  }

  get usual(): number {
    return (this.#usual ??= this.#usualNow());
  }

  /** Reads what `at` needs for the samples `[from, to)`, in one piece. */
  prepare(from: number, to: number): void {
    const raw = this.#raw;
    let start = Math.max(0, from - this.#half);
    let end = Math.min(this.count, to + this.#half);
    while (start < end && !Number.isNaN(raw[start])) start += 1;
    while (start < end && !Number.isNaN(raw[end - 1])) end -= 1;
    if (start === end) return;
    raw.set(this.#rows.dots(start, end, this.#query), start);
  }

  /** The mean over the samples around; the ends of the video are repeated outwards, as `movingAverage` does. */
  readonly at = (sample: number): number => {
    const mean = this.#meanAround(sample);
    if (!Number.isNaN(mean)) return mean;
    this.prepare(sample - ahead, sample + ahead + 1);
    return this.#meanAround(sample);
  };

  #meanAround(sample: number): number {
    const last = this.count - 1;
    let sum = 0;
    for (let at = sample - this.#half; at <= sample + this.#half; at += 1)
      sum += this.#raw[at < 0 ? 0 : at > last ? last : at]!;
    return sum / (2 * this.#half + 1);
  }
}
