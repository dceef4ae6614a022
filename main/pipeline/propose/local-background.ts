import { localisationConstants } from './localisation-constants.ts';
import { rowCount } from '../vectors/unit-rows.ts';

/** What the frames around each frame share, to be subtracted before a frame is compared with texts. */
export interface LocalBackground {
  /** Samples on either side of a frame that its background is the mean μ of; fewer at the ends of the video. */
  readonly reach: number;
  /** `[N]` share β of that mean that is subtracted. */
  readonly shares: Float64Array;
  /** `[N]` one over the length of each feature after the subtraction; 0 where nothing but rounding noise is left. */
  readonly inverseLengths: Float64Array;
}

const { leastRemainder } = localisationConstants.background;

/**
 * The mean feature of a window around each frame, as the lengths of what it leaves. Only lengths are kept: the product
 * of a text with a mean of frames is the mean of its products with them (`windowMeans`). O(N · D).
 *
 * Where frames differ, what they share is the scene, and most of it can go. Where all look the same, the mean is all
 * there is, and subtracting it would leave noise. 1 − |μ|² is the variance of the window's frames, of 1 in all: so β
 * grows from `minShare` to 1 with it.
 *
 * @param features `[N, D]` unit rows.
 */
export function localBackground(features: Float32Array, dim: number, reach: number, minShare: number): LocalBackground {
  const count = rowCount(features, dim);
  const sum = new Float64Array(dim);
  const add = (row: number, sign: 1 | -1): void => {
    const offset = row * dim;
    for (let index = 0; index < dim; index += 1) sum[index]! += sign * features[offset + index]!;
  };
  for (let row = 0; row < Math.min(reach, count); row += 1) add(row, 1);
  const inverseLengths = new Float64Array(count);
  const shares = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    if (row + reach < count) add(row + reach, 1);
    if (row - reach > 0) add(row - reach - 1, -1);
    const samples = Math.min(count, row + reach + 1) - Math.max(0, row - reach);
    const offset = row * dim;
    let along = 0;
    let squared = 0;
    for (let index = 0; index < dim; index += 1) {
      const mean = sum[index]! / samples;
      along += mean * features[offset + index]!;
      squared += mean * mean;
    }
    const share = minShare + (1 - minShare) * (1 - squared);
    shares[row] = share;
    // |x − βμ|² of a unit x.
    const left = 1 - 2 * share * along + share * share * squared;
    inverseLengths[row] = left > leastRemainder ** 2 ? 1 / Math.sqrt(left) : 0;
  }
  return { reach, shares, inverseLengths };
}

/** `[N]` mean of a curve over the samples at most `reach` away from each, in the video. O(N). */
export function windowMeans(curve: ArrayLike<number>, reach: number): Float64Array {
  const count = curve.length;
  const sums = new Float64Array(count + 1);
  for (let at = 0; at < count; at += 1) sums[at + 1] = sums[at]! + curve[at]!;
  const means = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const from = Math.max(0, at - reach);
    const to = Math.min(count, at + reach + 1);
    means[at] = (sums[to]! - sums[from]!) / (to - from);
  }
  return means;
}
