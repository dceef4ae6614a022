// Pictures come onto one rising timeline in the decoder's order, and good stored times stay what they are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placePictures } from './place-pictures.ts';
import type { DecodedTime } from './place-pictures.ts';

const at = (storedUs: number | null, clock = 0): DecodedTime => ({ storedUs, estimatedUs: null, clock });

const anyTime = fc.record({
  storedUs: fc.option(fc.integer({ min: -1e6, max: 1e12 })),
  estimatedUs: fc.option(fc.integer({ min: -1e6, max: 1e12 })),
  clock: fc.constant(0),
});

test('whatever is stored, times are whole and rise from picture to picture', () => {
  fc.assert(
    fc.property(
      fc.array(anyTime, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 2e6 }),
      (times, stepUs) => {
        const clocks = times.map((time, index) => ({ ...time, clock: Math.floor(index / 20) }));
        const { startsUs } = placePictures(clocks, stepUs);
        expect(startsUs).toHaveLength(times.length);
        startsUs.forEach((us, index) => {
          expect(Number.isInteger(us)).toBe(true);
          if (index > 0) expect(us).toBeGreaterThan(startsUs[index - 1]!);
        });
      },
    ),
  );
});

test('rising stored times stay as they are, and those between them are spread evenly', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 2, max: 1e6 }), { minLength: 2, maxLength: 40 }), (steps) => {
      const stored = steps.map((_, index) => steps.slice(0, index + 1).reduce((sum, step) => sum + step, 0));
      expect([
        ...placePictures(
          stored.map((us) => at(us)),
          40_000,
        ).startsUs,
      ]).toEqual(stored);
      const gappy = stored.map((us, index) => at(index % 2 === 0 || index === stored.length - 1 ? us : null));
      const { startsUs, counted } = placePictures(gappy, 40_000);
      expect(counted).toBe(gappy.filter(({ storedUs }) => storedUs === null).length);
      gappy.forEach(({ storedUs }, index) => {
        const even = (stored[index - 1]! + stored[index + 1]!) / 2;
        expect(Math.abs(startsUs[index]! - (storedUs ?? even))).toBeLessThanOrEqual(1);
      });
    }),
  );
});

test('one stray time moves no other', () => {
  const times = [0, 40_000, 80_000, 9e9, 160_000, 200_000];
  const { startsUs, disordered } = placePictures(
    times.map((us) => at(us)),
    40_000,
  );
  expect([...startsUs]).toEqual([0, 40_000, 80_000, 120_000, 160_000, 200_000]);
  expect(disordered).toBe(1);
});

test('times that contradict the order are given out in it', () => {
  const times = [0, 80_000, 40_000, 160_000, 120_000];
  expect([
    ...placePictures(
      times.map((us) => at(us)),
      40_000,
    ).startsUs,
  ]).toEqual([0, 40_000, 80_000, 120_000, 160_000]);
});

test('a clock that starts over goes on one step after the last picture', () => {
  const times = [at(1000), at(41_000), at(500, 1), at(40_500, 1)];
  const { startsUs, addedUs } = placePictures(times, 40_000);
  expect([...startsUs]).toEqual([1000, 41_000, 81_000, 121_000]);
  expect(addedUs).toEqual([0, 80_500]);
});
