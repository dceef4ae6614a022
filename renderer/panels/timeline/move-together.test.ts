// Protects: segments that are moved together keep their places to each other, and none leaves the video or the rows.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveTogether } from './move-together.ts';
import { anyTimeline, threeClasses } from './timeline-arbitraries.ts';

const rows = threeClasses.map(({ id }) => id);
const anyStep = fc.record({ frames: fc.integer({ min: -250, max: 250 }), rows: fc.integer({ min: -4, max: 4 }) });

test('all go by as much, as far as there is room, and keep their numbers of frames', () => {
  fc.assert(
    fc.property(anyTimeline, anyStep, ({ table, segments }, by) => {
      const moves = moveTogether(segments, by, table, rows);
      const steps = moves.map(({ segment, span, classId }) => {
        const [before, after] = [table.frameRange(segment), table.frameRange(span)];
        expect(after.endFrame - after.startFrame).toBe(before.endFrame - before.startFrame);
        expect(rows).toContain(classId);
        return [after.startFrame - before.startFrame, rows.indexOf(classId) - rows.indexOf(segment.classId)] as const;
      });
      for (const [frames, down] of steps) {
        expect([frames, down]).toEqual(steps[0]);
        expect(Math.abs(frames)).toBeLessThanOrEqual(Math.abs(by.frames));
        expect(Math.abs(down)).toBeLessThanOrEqual(Math.abs(by.rows));
      }
    }),
  );
});

test('what has room goes all the way', () => {
  fc.assert(
    fc.property(anyTimeline, anyStep, ({ table, segments }, by) => {
      const segment = segments[0];
      if (!segment) return;
      const { startFrame, endFrame } = table.frameRange(segment);
      const [move] = moveTogether([segment], by, table, rows);
      const hasRoom = startFrame + by.frames >= 0 && endFrame + by.frames <= table.frameCount;
      if (hasRoom) expect(table.frameRange(move!.span).startFrame).toBe(startFrame + by.frames);
    }),
  );
});

test('not moved in time, times stay as they are, even between frames', () => {
  fc.assert(
    fc.property(anyTimeline, ({ table, segments }) => {
      const between = segments.map((segment) => ({ ...segment, startUs: segment.startUs + 1 }));
      for (const { segment, span } of moveTogether(between, { frames: 0, rows: 1 }, table, rows))
        expect(span).toEqual({ startUs: segment.startUs, endUs: segment.endUs });
    }),
  );
});
