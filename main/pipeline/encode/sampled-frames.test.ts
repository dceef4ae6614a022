// Features are sampled by time, through the frame table, whatever the frame rate does.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { sampledFrames } from './sampled-frames.ts';

const table = fc
  .tuple(
    fc.integer({ min: 0, max: 500_000 }),
    fc.array(fc.integer({ min: 1000, max: 900_000 }), { minLength: 1, maxLength: 60 }),
  )
  .map(([first, durations]) => {
    const starts = [first];
    for (const duration of durations) starts.push(starts.at(-1)! + duration);
    return FrameTable.fromArray(Float64Array.from(starts));
  });

it('gives each frame on screen at a sample time once, ascending, and no other', () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 30 }), (frames, fps) => {
      const sampled = [...sampledFrames(frames, fps)];
      const expected = new Set<number>();
      for (let k = 0; Math.round((k * 1e6) / fps) < frames.lastEndUs; k += 1)
        expected.add(frames.frameAt(Math.round((k * 1e6) / fps)));
      expect(sampled).toEqual([...expected]);
      expect(sampled).toEqual(sampled.toSorted((a, b) => a - b));
    }),
  );
});

it('takes every seventh or eighth frame of 30 fps for 4 fps', () => {
  const starts = Float64Array.from({ length: 31 }, (_, index) => Math.round((index * 1e6) / 30));
  expect([...sampledFrames(FrameTable.fromArray(starts), 4)]).toEqual([0, 7, 15, 22]);
});
