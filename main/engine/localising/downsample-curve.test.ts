// A timeline's curves stay light for hours of video, and their peaks stay visible.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bucketMaxima, bucketSize, bucketTimes } from './downsample-curve.ts';

it('keeps every peak and ascending times in at most the points asked for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
      fc.integer({ min: 1, max: 50 }),
      (values, points) => {
        const size = bucketSize(values.length, points);
        const maxima = bucketMaxima(Float64Array.from(values), size);
        const times = bucketTimes(
          Float64Array.from(values, (_, index) => index),
          size,
        );
        expect(maxima.length).toBeLessThanOrEqual(points);
        expect(times).toHaveLength(maxima.length);
        expect(Math.max(...maxima)).toBe(Math.fround(Math.max(...values)));
        expect([...times]).toEqual([...new Set(times)].toSorted((a, b) => a - b));
        times.forEach((time, bucket) => expect(Math.floor(time / size)).toBe(bucket));
      },
    ),
  );
});
