import { rowLength } from '#native-models/features/unit-rows.ts';
import { rowCount } from './unit-rows.ts';

const blockLength = 32;

/**
 * Mean features of any stretch of samples in O(D), whatever its length: sums up to every 32nd sample are kept, the
 * rest is added up. (Sums at every sample would be twice the size of the features themselves.) Means of their squares
 * likewise, where `power` is 2.
 */
export class SpanMeans {
  readonly dim: number;
  readonly count: number;
  readonly #features: Float32Array;
  readonly #power: 1 | 2;
  /** `[N / 32 + 1, D]`: row `b` is the sum of all samples before `32 b`. */
  readonly #sums: Float64Array;

  /** @param features `[N, D]`. */
  constructor(features: Float32Array, dim: number, power: 1 | 2 = 1) {
    this.dim = dim;
    this.#power = power;
    this.count = rowCount(features, dim);
    this.#features = features;
    const blocks = Math.floor(this.count / blockLength);
    this.#sums = new Float64Array((blocks + 1) * dim);
    for (let block = 0; block < blocks; block += 1) {
      const sum = this.#sums.subarray((block + 1) * dim, (block + 2) * dim);
      sum.set(this.#sums.subarray(block * dim, (block + 1) * dim));
      this.#add(sum, block * blockLength, (block + 1) * blockLength, 1);
    }
  }

  /** Writes the mean of samples `[start, end)` into `out` `[D]`; the span must not be empty. */
  mean(start: number, end: number, out: Float64Array): Float64Array {
    if (!(start >= 0 && end > start && end <= this.count)) throw new RangeError(`no samples in [${start}, ${end})`);
    this.#sumBefore(end, out, 1, true);
    this.#sumBefore(start, out, -1, false);
    for (let index = 0; index < this.dim; index += 1) out[index]! /= end - start;
    return out;
  }

  /** The mean's direction (length 1); zero where the features cancel out. */
  unitMean(start: number, end: number, out: Float64Array): Float64Array {
    this.mean(start, end, out);
    const length = rowLength(out, 0, this.dim);
    const scale = length > 0 ? 1 / length : 0;
    for (let index = 0; index < this.dim; index += 1) out[index]! *= scale;
    return out;
  }

  #sumBefore(sample: number, out: Float64Array, sign: 1 | -1, isFresh: boolean): void {
    // The nearer stored sum, so that at most half a block is added or taken away.
    const lastBlock = this.#sums.length / this.dim - 1;
    const block = Math.min(Math.round(sample / blockLength), lastBlock);
    const offset = block * this.dim;
    if (isFresh) out.fill(0);
    for (let index = 0; index < this.dim; index += 1) out[index]! += sign * this.#sums[offset + index]!;
    const stored = block * blockLength;
    if (stored < sample) this.#add(out, stored, sample, sign);
    else this.#add(out, sample, stored, sign === 1 ? -1 : 1);
  }

  #add(out: Float64Array, start: number, end: number, sign: 1 | -1): void {
    for (let sample = start; sample < end; sample += 1) {
      const offset = sample * this.dim;
      if (this.#power === 1)
        for (let index = 0; index < this.dim; index += 1) out[index]! += sign * this.#features[offset + index]!;
      else for (let index = 0; index < this.dim; index += 1) out[index]! += sign * this.#features[offset + index]! ** 2;
    }
  }
}
