import type { FrameFeatures } from '../feature-store/frame-features.ts';
import { sampleGrid, samplesOf } from '../propose/sample-grid.ts';

/**
 * A video's frame features in short: a row for each stretch of samples that are nearly alike, in eight bits a number.
 * Stretches follow each other without gaps.
 */
export interface Stretches {
  readonly dim: number;
  /** The usual distance of two samples, seconds. */
  readonly stepS: number;
  /** `[S]` samples in each. */
  readonly lengths: Uint16Array;
  /** `[S]` what a step of the codes is worth. */
  readonly scales: Float32Array;
  /** `[S, D]`: `scales[s] * codes[s]` is the mean of the stretch's features. */
  readonly codes: Int8Array;
}

/** A stretch is as long as what moments are smoothed over, at least, and no longer than so many times that. */
const longestBlocks = 4;
/** A second joins those before it where its mean is at least this close (cosine) to theirs. */
const alike = 0.95;
const codeRange = 127;

/** Cuts unit features `[N, D]` into stretches of one second to four. */
export function stretchesOf({ features, timesUs, dim }: FrameFeatures, endUs: number): Stretches {
  const count = timesUs.length;
  const { stepS } = sampleGrid(timesUs, endUs);
  const blockLength = samplesOf({ stepS }, 1);
  const most = Math.ceil(count / blockLength);
  const lengths = new Uint16Array(most);
  const scales = new Float32Array(most);
  const codes = new Int8Array(most * dim);
  const block = new Float64Array(dim);
  const sum = new Float64Array(dim);
  let stretches = 0;
  let [length, blocks] = [0, 0];
  const close = (): void => {
    scales[stretches] = quantise(sum, length, codes.subarray(stretches * dim, (stretches + 1) * dim));
    lengths[stretches] = length;
    stretches += 1;
    sum.fill(0);
    [length, blocks] = [0, 0];
  };
  for (let start = 0; start < count; start += blockLength) {
    const end = Math.min(start + blockLength, count);
    block.fill(0);
    for (let at = start * dim; at < end * dim; at += dim)
      for (let index = 0; index < dim; index += 1) block[index]! += features[at + index]!;
    if (blocks > 0 && (blocks >= longestBlocks || cosine(block, sum) < alike)) close();
    for (let index = 0; index < dim; index += 1) sum[index]! += block[index]!;
    length += end - start;
    blocks += 1;
  }
  if (blocks > 0) close();
  return {
    dim,
    stepS,
    lengths: lengths.slice(0, stretches),
    scales: scales.slice(0, stretches),
    codes: codes.slice(0, stretches * dim),
  };
}

/** The same eight bits for what is searched for, `[D]`. */
export function codesOf(row: Float32Array): Int8Array {
  const codes = new Int8Array(row.length);
  quantise(row, 1, codes);
  return codes;
}

/** Rounds `row / divisor` to codes; returns what a step of them is worth. */
function quantise(row: Float32Array | Float64Array, divisor: number, codes: Int8Array): number {
  let largest = 0;
  for (let index = 0; index < row.length; index += 1) largest = Math.max(largest, Math.abs(row[index]!));
  if (largest === 0) return 0;
  for (let index = 0; index < row.length; index += 1) codes[index] = Math.round((row[index]! / largest) * codeRange);
  return largest / codeRange / divisor;
}

function cosine(a: Float64Array, b: Float64Array): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    product += a[index]! * b[index]!;
    ofA += a[index]! * a[index]!;
    ofB += b[index]! * b[index]!;
  }
  return product / Math.sqrt(ofA * ofB || 1);
}
