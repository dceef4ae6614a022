import { RangeMaximum } from './range-maximum.ts';

/** Mean over a centred window of `width` samples (made odd); the ends of the curve are repeated outwards. `[N]` → `[N]`. */
export function movingAverage(curve: Float64Array, width: number): Float64Array {
  const half = Math.floor(width / 2);
  const last = curve.length - 1;
  const at = (index: number): number => curve[Math.min(Math.max(index, 0), last)]!;
  const smooth = new Float64Array(curve.length);
  for (let index = 0; index <= last; index += 1) {
    // Added up anew for each sample: windows are short, and a running sum would leave a constant curve uneven.
    let sum = 0;
    for (let offset = -half; offset <= half; offset += 1) sum += at(index + offset);
    smooth[index] = sum / (2 * half + 1);
  }
  return smooth;
}

/** Gaussian smoothing with `sigma` in samples, cut off at three sigma; the ends of the curve are repeated outwards. `[N]` → `[N]`. */
export function gaussianSmooth(curve: Float64Array, sigma: number): Float64Array {
  const reach = Math.ceil(3 * sigma);
  if (reach === 0) return curve.slice();
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((a, b) => a + b);
  const last = curve.length - 1;
  const smooth = new Float64Array(curve.length);
  for (let index = 0; index <= last; index += 1) {
    let sum = 0;
    for (let offset = -reach; offset <= reach; offset += 1) {
      sum += kernel[offset + reach]! * curve[Math.min(Math.max(index + offset, 0), last)]!;
    }
    smooth[index] = sum / total;
  }
  return smooth;
}

/**
 * `[N]` where each value lies between the lowest and the highest at most `reach` samples away, in [0, 1]: what stands out
 * from its surroundings, however high those are. 0 where they differ by less than `minRange`.
 */
export function localRise(curve: Float64Array, reach: number, minRange: number): Float64Array {
  const highest = new RangeMaximum(curve);
  const lowest = new RangeMaximum(curve.map((value) => -value));
  return curve.map((value, at) => {
    const from = Math.max(0, at - reach);
    const to = Math.min(curve.length, at + reach + 1);
    const low = -lowest.of(from, to);
    const range = highest.of(from, to) - low;
    return range < minRange ? 0 : (value - low) / range;
  });
}
