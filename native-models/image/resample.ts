import type { Resample } from './image-preprocessing.ts';

/**
 * One axis of a resize: output position `i` is the sum of `weights[i * taps + t] * input[firsts[i] + t]` over its
 * `counts[i]` taps. Weights are fixed point with `weightBits` fraction bits.
 */
export interface ResampleAxis {
  readonly firsts: Int32Array;
  readonly counts: Int32Array;
  readonly taps: number;
  readonly weights: Int32Array;
}

/** Fraction bits of the weights; with 8-bit pixels and these, sums stay inside 32 bits (Pillow, Resample.c). */
export const weightBits = 22;

interface Filter {
  readonly support: number;
  readonly at: (x: number) => number;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

/** The interpolation kernels as Pillow defines them; bicubic is Keys' with a = -0.5. */
const filters: Readonly<Record<Exclude<Resample, 'nearest'>, Filter>> = {
  box: { support: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: { support: 1, at: (x) => (Math.abs(x) >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x))) },
  bicubic: { support: 2, at: (x) => keys(Math.abs(x), -0.5) },
  lanczos: { support: 3, at: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function keys(x: number, a: number): number {
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

/**
 * The weights that resize `inputSize` pixels to `outputSize`, for the output positions `[from, to)` alone. When shrinking
 * the kernel widens with the scale, so that every input pixel counts (antialiasing). The arithmetic is Pillow's, so that
 * results agree with it to the last bit.
 */
export function resampleAxis(
  inputSize: number,
  outputSize: number,
  resample: Resample,
  from: number,
  to: number,
): ResampleAxis {
  if (resample === 'nearest') return nearestAxis(inputSize, outputSize, from, to);
  const filter = filters[resample];
  const scale = inputSize / outputSize;
  const filterScale = Math.max(1, scale);
  const support = filter.support * filterScale;
  const taps = Math.ceil(support) * 2 + 1;
  const firsts = new Int32Array(to - from);
  const counts = new Int32Array(to - from);
  const weights = new Int32Array((to - from) * taps);
  for (let position = from; position < to; position += 1) {
    const centre = (position + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(inputSize, Math.trunc(centre + support + 0.5)) - first;
    const values = Array.from({ length: count }, (_, tap) => filter.at((tap + first - centre + 0.5) / filterScale));
    const sum = values.reduce((total, value) => total + value, 0);
    const row = position - from;
    firsts[row] = first;
    counts[row] = count;
    for (let tap = 0; tap < count; tap += 1) weights[row * taps + tap] = fixedPoint(values[tap]! / sum);
  }
  return { firsts, counts, taps, weights };
}

function nearestAxis(inputSize: number, outputSize: number, from: number, to: number): ResampleAxis {
  const scale = inputSize / outputSize;
  const firsts = new Int32Array(to - from);
  // Pillow steps along by adding; multiplying would round elsewhere now and then.
  let centre = scale * 0.5;
  for (let position = 0; position < to; position += 1) {
    if (position >= from) firsts[position - from] = Math.trunc(centre);
    centre += scale;
  }
  const length = to - from;
  return {
    firsts,
    counts: new Int32Array(length).fill(1),
    taps: 1,
    weights: new Int32Array(length).fill(1 << weightBits),
  };
}

/** Rounds halves away from zero, as C's `(int)(0.5 + x)` and `(int)(-0.5 + x)` do. */
function fixedPoint(weight: number): number {
  return Math.trunc(weight * (1 << weightBits) + (weight < 0 ? -0.5 : 0.5));
}

/**
 * Resizes along x: packed RGB rows `[fromRow, toRow)` of `source` (`[*, width, 3]`) into `target`
 * (`[toRow - fromRow, axis.firsts.length, 3]`), rounded to 8 bits.
 */
export function resampleRows(
  source: Uint8Array,
  width: number,
  fromRow: number,
  toRow: number,
  axis: ResampleAxis,
  target: Uint8Array,
): void {
  const { firsts, counts, taps, weights } = axis;
  const columns = firsts.length;
  let to = 0;
  for (let row = fromRow; row < toRow; row += 1) {
    const rowStart = row * width * 3;
    for (let column = 0; column < columns; column += 1) {
      let from = rowStart + firsts[column]! * 3;
      let red = 1 << (weightBits - 1);
      let green = red;
      let blue = red;
      const first = column * taps;
      const end = first + counts[column]!;
      for (let tap = first; tap < end; tap += 1) {
        const weight = weights[tap]!;
        red = (red + Math.imul(source[from]!, weight)) | 0;
        green = (green + Math.imul(source[from + 1]!, weight)) | 0;
        blue = (blue + Math.imul(source[from + 2]!, weight)) | 0;
        from += 3;
      }
      target[to] = clamp8(red >> weightBits);
      target[to + 1] = clamp8(green >> weightBits);
      target[to + 2] = clamp8(blue >> weightBits);
      to += 3;
    }
  }
}

/**
 * Resizes along y: `source` (`[*, rowLength]` bytes, whose first row is input row `fromRow`) into `target`
 * (`[axis.firsts.length, rowLength]`), rounded to 8 bits.
 */
export function resampleColumns(
  source: Uint8Array,
  rowLength: number,
  fromRow: number,
  axis: ResampleAxis,
  target: Uint8Array,
): void {
  const { firsts, counts, taps, weights } = axis;
  const sums = new Int32Array(rowLength);
  for (let row = 0; row < firsts.length; row += 1) {
    sums.fill(1 << (weightBits - 1));
    for (let tap = 0; tap < counts[row]!; tap += 1) {
      const weight = weights[row * taps + tap]!;
      const from = (firsts[row]! + tap - fromRow) * rowLength;
      for (let at = 0; at < rowLength; at += 1) sums[at] = sums[at]! + Math.imul(source[from + at]!, weight);
    }
    const to = row * rowLength;
    for (let at = 0; at < rowLength; at += 1) target[to + at] = clamp8(sums[at]! >> weightBits);
  }
}

const clamp8 = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);
