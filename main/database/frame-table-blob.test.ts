// Protects: a frame table comes back from the database as it went in, to the microsecond.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameTableFromBlob, frameTableToBlob } from './frame-table-blob.ts';

test('any table of whole microseconds comes back equal', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000_000, max: 2 ** 50 }),
      fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 300 }),
      (firstUs, stepsUs) => {
        const frames = new Float64Array(stepsUs.length + 1);
        frames[0] = firstUs;
        for (const [index, step] of stepsUs.entries()) frames[index + 1] = frames[index]! + step;
        const before = frames.slice();
        expect(frameTableFromBlob(frameTableToBlob(frames))).toEqual(before);
        expect(frames).toEqual(before);
      },
    ),
  );
});

test('ten hours at 30000/1001 frames a second take less than a hundredth of their doubles', () => {
  const frames = Float64Array.from({ length: 1_078_921 }, (_, index) => Math.round((index * 1_001_000_000) / 30_000));
  expect(frameTableToBlob(frames).byteLength).toBeLessThan(frames.byteLength / 100);
});
