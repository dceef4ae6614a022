import fc from 'fast-check';
import { classColours, type ActionClass } from '#preload/domain/action-class.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { clampScale, timeLimits, type TimeLimits, type TimeScale } from './time-scale.ts';

// What the property tests of the timeline draw from: videos of any frame rate, views of them, segments on their frames.

/** A video of 1 to 200 frames of 1 to 120 ms each, that may begin late. */
export const anyTable: fc.Arbitrary<FrameTable> = fc
  .tuple(
    fc.integer({ min: 0, max: 2_000_000 }),
    fc.array(fc.integer({ min: 1_000, max: 120_000 }), { minLength: 1, maxLength: 200, size: 'max' }),
  )
  .map(([firstUs, lengths]) => {
    const edges = new Float64Array(lengths.length + 1);
    edges[0] = firstUs;
    lengths.forEach((length, index) => (edges[index + 1] = edges[index]! + length));
    return FrameTable.fromArray(edges);
  });

export const limitsOf = (table: FrameTable): TimeLimits =>
  timeLimits(
    { startUs: table.firstStartUs, endUs: table.lastEndUs },
    (table.lastEndUs - table.firstStartUs) / table.frameCount,
  );

/** A view of `table` at any zoom that the timeline allows. */
export const anyScaleOf = (table: FrameTable): fc.Arbitrary<TimeScale> =>
  fc
    .tuple(
      fc.integer({ min: 120, max: 3000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: -0.2, max: 1.2, noNaN: true }),
    )
    .map(([widthPx, zoom, place]) => {
      const limits = limitsOf(table);
      const usPerPx = limits.minUsPerPx * (table.lastEndUs / limits.minUsPerPx / widthPx) ** zoom;
      return clampScale({ widthPx, usPerPx, startUs: place * table.lastEndUs }, limits);
    });

const classOf = (id: number): ActionClass => ({
  id,
  name: `class ${id}`,
  prompt: `class ${id}`,
  colour: classColours[id % classColours.length]!,
  digitKey: null,
  position: id,
  removed: false,
});

/** Up to 60 segments of three classes on frames of `table`, with ids from 1. */
const anySegmentsOf = (table: FrameTable): fc.Arbitrary<Segment[]> =>
  fc
    .array(
      fc.record({
        classId: fc.integer({ min: 1, max: 3 }),
        startFrame: fc.nat({ max: table.frameCount - 1 }),
        frames: fc.integer({ min: 1, max: 50 }),
        state: fc.constantFrom('proposed', 'accepted', 'rejected'),
        score: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      }),
      { maxLength: 60, size: 'max' },
    )
    .map((rows) =>
      rows.map(({ classId, startFrame, frames, state, score }, index) => ({
        id: index + 1,
        videoId: 1,
        classId,
        ...table.spanOfFrames(startFrame, Math.min(startFrame + frames, table.frameCount)),
        state,
        score,
        source: { kind: 'human' },
        touched: false,
        ranking: [],
        note: '',
      })),
    );

/** A table with segments on it and a view of it. */
export const anyTimeline = anyTable.chain((table) =>
  fc.record({ table: fc.constant(table), segments: anySegmentsOf(table), scale: anyScaleOf(table) }),
);

export const threeClasses: readonly ActionClass[] = [classOf(1), classOf(2), classOf(3)];
