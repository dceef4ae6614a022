// Chromium's seeking in Matroska follows stored durations: measured with uneven times, where it showed the frame before.
import { expect, it } from 'vitest';
import { durationsOverlap } from './browser-playable.ts';

const stored = (starts: readonly number[], duration: number) =>
  starts.map((pts) => ({ pts: BigInt(pts), duration: BigInt(duration) }));

it('takes times rounded to milliseconds as they are', () => {
  expect(durationsOverlap(stored([0, 33, 67, 100, 133], 33))).toBe(false);
  expect(durationsOverlap(stored([0, 67, 33, 133, 100], 34))).toBe(false);
});

it('sees a duration that hides the next frame, in whatever order frames are stored', () => {
  expect(durationsOverlap(stored([0, 55, 110, 120, 175, 230], 30))).toBe(false);
  expect(durationsOverlap(stored([0, 110, 55, 120, 160], 70))).toBe(true);
});

it('does not ask what is not stored', () => {
  expect(durationsOverlap([{ pts: null, duration: 40n }, ...stored([0, 40], 0)])).toBe(false);
});
