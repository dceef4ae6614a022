// Protects: names are compared with what a temporal module makes of a span, and where a span is too short for it, with the
// frames themselves. Motions that share their mean, their spread and their pace are told apart.
import { expect, test } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { blocksOfView, SpanDescriber } from './span-descriptor.ts';

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

/** Blocks `[7, D]` of a whole video in which the first number takes these values. */
function blocksOf(values: readonly number[]): Float64Array[] {
  const moving = Float32Array.from(values.flatMap((value) => [value, 1, 0, 0]));
  const describer = new SpanDescriber(moving, dim);
  const descriptor = describer.describe(0, values.length, new Float64Array(describer.width));
  return Array.from({ length: blocksOfView }, (_, block) => descriptor.subarray(block * dim, (block + 1) * dim));
}

test('what goes one way does not turn, what goes back and forth turns at every step', () => {
  const [, , , , steady, straight] = blocksOf([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
  expect(steady![0]).toBeCloseTo(0.5, 5);
  expect(straight![0]).toBeCloseTo(0, 5);
  const [, , , , waving, turning] = blocksOf([0, 0.5, 0, 0.5, 0, 0.5, 0, 0.5]);
  expect(waving![0]).toBeCloseTo(0.5, 5);
  expect(turning![0]).toBeCloseTo(1, 5);
});

test('what moves at both ends is told from what moves in the middle', () => {
  const [, , , , , , atEnds] = blocksOf([0, 1, 2, 2, 2, 2, 2, 1, 0]);
  const [, , , , , , inMiddle] = blocksOf([0, 0, 0, 1, 2, 1, 0, 0, 0]);
  expect(atEnds![0]).toBeCloseTo(-1, 5);
  expect(inMiddle![0]).toBeCloseTo(1, 5);
});

test.each([1, 2, 3])('a span of %i samples has a descriptor without anything that is not a number', (count) => {
  const describer = new SpanDescriber(dense, dim, plain);
  const descriptor = new Float64Array(describer.width).fill(Number.NaN);
  expect(describer.describe(2, 2 + count, descriptor).every(Number.isFinite)).toBe(true);
});
