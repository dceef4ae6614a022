import { floatsOf, type TensorValues } from './tensor-value.ts';

/** Differences beyond this are wrong results, not rounding: TF32 products stay below it, half precision gone bad does not. */
const tolerance = 2e-3;

/** Whether a `relativeDifference` is small enough to be rounding; NaN is not. */
export const agrees = (difference: number): boolean => difference <= tolerance;

/** Largest difference, element by element, between two sets of outputs, as a share of the largest magnitude of the reference; NaN if either holds NaN. */
export function relativeDifference(values: TensorValues, reference: TensorValues): number {
  let worst = 0;
  for (const [name, { data: expected }] of Object.entries(reference)) {
    const data = values[name]?.data;
    if (data?.length !== expected.length) return Number.POSITIVE_INFINITY;
    let apart = 0;
    let size = 0;
    for (let i = 0; i < expected.length; i += 1) {
      const difference = Math.abs(Number(data[i]) - Number(expected[i]));
      if (Number.isNaN(difference)) return Number.NaN;
      apart = Math.max(apart, difference);
      size = Math.max(size, Math.abs(Number(expected[i])));
    }
    worst = Math.max(worst, size === 0 ? apart : apart / size);
  }
  return worst;
}

/** The least cosine between what whole numbers or half precision make of a picture and what they stand for. */
const leastCosine = 0.999;
/** With merged tokens, which whoever asked for them knows to be less exact: here only what is broken is told. */
const leastMergedCosine = 0.5;

/** Whether every row of every output `[N, D]` points where the reference's does: what is asked of whole numbers, half precision and merged tokens. */
export const pointsAlike = (values: TensorValues, reference: TensorValues, mergesTokens: boolean): boolean =>
  Object.keys(reference).every((name) => {
    const [ours, theirs] = [floatsOf(values, name), floatsOf(reference, name)];
    const width = reference[name]!.shape.at(-1)!;
    for (let start = 0; start < theirs.length; start += width) {
      const [a, b] = [ours.subarray(start, start + width), theirs.subarray(start, start + width)];
      const product = a.reduce((sum, value, at) => sum + value * b[at]!, 0);
      if (!(product >= (mergesTokens ? leastMergedCosine : leastCosine) * Math.hypot(...a) * Math.hypot(...b)))
        return false;
    }
    return true;
  });
