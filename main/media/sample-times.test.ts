// Dense sampling hits whole multiples of the period, all of them inside the range and none outside.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleTimes } from './sample-times.ts';

test('at 4 per second, from the start and from a time between', () => {
  expect([...sampleTimes(4, 0, 1_000_000)]).toEqual([0, 250_000, 500_000, 750_000]);
  expect([...sampleTimes(4, 250_001, 750_000)]).toEqual([500_000]);
  expect([...sampleTimes(30_000 / 1001, 0, 100_000)]).toEqual([0, 33_367, 66_733]);
});

test('parts of a range give together what the range gives', () => {
  const us = fc.integer({ min: 0, max: 20_000_000 });
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 60, noNaN: true }), us, us, us, (fps, ...times) => {
      const [from, middle, to] = times.toSorted((a, b) => a - b) as [number, number, number];
      const parts = [...sampleTimes(fps, from, middle), ...sampleTimes(fps, middle, to)];
      expect(parts).toEqual([...sampleTimes(fps, from, to)]);
    }),
    { numRuns: 50 },
  );
});

test('a rate must be positive', () => {
  expect(() => [...sampleTimes(0, 0, 1)]).toThrow(RangeError);
  expect(() => [...sampleTimes(Number.NaN, 0, 1)]).toThrow(RangeError);
});
