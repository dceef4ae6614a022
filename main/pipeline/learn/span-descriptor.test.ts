// Protects: names are compared with what a temporal module makes of a span, and where a span is too short for it, with the
// frames themselves.
import { expect, test } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { SpanDescriber } from './span-descriptor.ts';

const dim = 4;
const { normal } = seededRandom(11);
const features = (): Float32Array => Float32Array.from({ length: 10 * dim }, normal);
const [dense, plain, named] = [features(), features(), features()];

/** `[D]` unit mean of samples `[start, end)`. */
function unitMean(rows: Float32Array, start: number, end: number): number[] {
  const sum = Array.from({ length: dim }, (_, at) => {
    let total = 0;
    for (let row = start; row < end; row += 1) total += rows[row * dim + at]!;
    return total;
  });
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

test.each([
  ['a span of one sample by its frame', [3, 4], [dense, plain], plain],
  ['a span of two by both frames', [3, 5], [dense, plain], plain],
  ['a longer one by what a module made of it', [3, 6], [dense, plain], dense],
  ['any by its frames where there is no module', [3, 4], [plain, null], plain],
  ['any by what was trained to be named, where something was', [3, 4], [dense, plain, named], named],
] as const)('%s', (_, [start, end], [own, frames, trained], told) => {
  const describer = new SpanDescriber(own, dim, frames, trained);
  const descriptor = describer.describe(start, end, new Float64Array(describer.width));
  const mean = describer.namedMean(start, end, descriptor);
  for (const [at, value] of unitMean(told, start, end).entries()) expect(mean[at]).toBeCloseTo(value, 5);
});
