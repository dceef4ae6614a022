// Protects: a video that is seen part by part, so that it can be stopped, is seen as it is in one go.
import { expect, test } from 'vitest';
import { denseParts } from './dense-parts.ts';
import { openDense } from './dense-features.ts';
import { temporalParameterShapes, type TemporalShape } from './temporal-transformer.ts';

/** Numbers without a pattern, the same each time. */
const numbers = (length: number, scale: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => scale * Math.sin(12.9898 * at * at + at));

test.each([
  [8, 900],
  [8, 271],
  [16, 1100],
  [5, 700],
  [1, 200],
])('windows of %d frames, %d rows', async (frames, rows) => {
  const shape: TemporalShape = { width: 16, heads: 2, layers: 1, frames, skip: 'outer' };
  const learned = new Map(
    [...temporalParameterShapes(shape)].map(([name, size]) => [
      name,
      numbers(
        size.reduce((a, b) => a * b, 1),
        0.3,
      ),
    ]),
  );
  await using module = await openDense(shape, [learned], 'cpu');
  const features = numbers(rows * shape.width, 1);
  const whole = await module.video(features);
  const parts = denseParts(rows, frames);
  const joined = new Float32Array(whole.length);
  for (const { from, to, seenFrom, seenTo } of parts) {
    const seen = await module.video(features.subarray(seenFrom * shape.width, seenTo * shape.width));
    joined.set(seen.subarray((from - seenFrom) * shape.width, (to - seenFrom) * shape.width), from * shape.width);
  }
  expect(parts.length).toBeGreaterThan(rows > 64 * Math.max(1, frames >> 1) + 2 * frames ? 1 : 0);
  expect(Math.max(...joined.map((value, at) => Math.abs(value - whole[at]!)))).toBeLessThan(1e-5);
});

test('parts follow each other without a gap, whatever the length', () => {
  for (const frames of [1, 2, 5, 8, 16]) {
    for (let rows = 1; rows < 1200; rows += 7) {
      let end = 0;
      for (const { from, to, seenFrom, seenTo } of denseParts(rows, frames)) {
        expect(from).toBe(end);
        expect(seenFrom <= from && to <= seenTo && seenTo <= rows).toBe(true);
        end = to;
      }
      expect(end).toBe(rows);
    }
  }
});
