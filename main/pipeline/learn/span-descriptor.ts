import { SpanMeans } from '../vectors/span-means.ts';

/** What a span is described by; each is as wide as a feature. */
export const descriptorBlocks = 4;

/**
 * How much the differences within a span count beside its mean. They are halves of what a change across the whole span
 * would be, so that doubled they have its size.
 */
const differenceWeight = 2;

/**
 * Describes spans of one video by more than their mean, which forgets the order of time: raising a leg and lowering it
 * have the same mean. Four blocks `[4, D]`: the mean's direction; second half minus first half (which way it goes);
 * middle half minus the quarters around it (there and back); and the standard deviation (how much moves at all).
 * O(D) for each span, whatever its length.
 */
export class SpanDescriber {
  readonly dim: number;
  readonly #means: SpanMeans;
  readonly #squares: SpanMeans;
  readonly #named: SpanMeans;

  /**
   * @param features `[N, D]` that are classified; @param means theirs, where they are at hand already; @param named those
   * of the features that names are compared with, where a module was trained to that end.
   */
  constructor(features: Float32Array, dim: number, means = new SpanMeans(features, dim), named = means) {
    this.dim = dim;
    this.#means = means;
    this.#named = named;
    this.#squares = new SpanMeans(features, dim, 2);
  }

  /** `[D]` direction of what the names are compared with in samples `[start, end)`, of which the descriptor is known. */
  namedMean(start: number, end: number, descriptor: Float64Array): Float64Array {
    const mean = descriptor.subarray(0, this.dim);
    return this.#named === this.#means ? mean : this.#named.unitMean(start, end, mean.slice());
  }

  /** Writes the descriptor of samples `[start, end)` into `out` `[4 D]`; the span must not be empty. */
  describe(start: number, end: number, out: Float64Array): Float64Array {
    const { dim } = this;
    const count = end - start;
    const [unit, halves, middle, spread] = Array.from({ length: descriptorBlocks }, (_, block) =>
      out.subarray(block * dim, (block + 1) * dim),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const mean = this.#means.mean(start, end, unit.slice());
    this.#squares.mean(start, end, spread);
    for (let at = 0; at < dim; at += 1) spread[at] = Math.sqrt(Math.max(0, spread[at]! - mean[at]! ** 2));

    const half = Math.max(1, count >> 1);
    const first = this.#means.mean(start, start + half, unit.slice());
    this.#means.mean(end - half, end, halves);
    for (let at = 0; at < dim; at += 1) halves[at] = differenceWeight * (halves[at]! - first[at]!);

    const from = count >> 2;
    const to = Math.max(from + 1, (3 * count) >> 2);
    const inside = to - from;
    this.#means.mean(start + from, start + to, middle);
    // The mean of the rest, from the mean of all: none where the middle is everything.
    const rest = count - inside;
    for (let at = 0; at < dim; at += 1) {
      const around = rest > 0 ? (count * mean[at]! - inside * middle[at]!) / rest : middle[at]!;
      middle[at] = differenceWeight * (middle[at]! - around);
    }
    this.#means.unitMean(start, end, unit);
    return out;
  }
}
