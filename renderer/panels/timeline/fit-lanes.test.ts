// Protects the rows' heights: all that is in view has room, and nothing else takes any.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitLanes } from './fit-lanes.ts';
import { laneY, layoutRows } from './layout-rows.ts';
import { visibleSpan } from './time-scale.ts';
import { anyTimeline, threeClasses } from './timeline-arbitraries.ts';

test('a row has the lanes that are in use in view, and the next row begins where it ends', () => {
  fc.assert(
    fc.property(anyTimeline, ({ segments, scale }) => {
      const span = visibleSpan(scale);
      const whole = layoutRows(threeClasses, segments);
      const fitted = fitLanes(whole, span);
      let y = 0;
      for (const row of fitted.rows) {
        expect(row.y).toBe(y);
        y += row.heightPx;
        const inView = row.segments.flatMap((segment, index) =>
          segment.endUs > span.startUs && segment.startUs <= span.endUs ? row.lanes[index]! : [],
        );
        expect(row.laneCount).toBe(Math.max(0, ...inView) + 1);
        expect(laneY(row, row.laneCount)).toBeLessThanOrEqual(row.y + row.heightPx);
      }
      expect(fitted.heightPx).toBe(y);
      expect(fitLanes(fitted, span)).toBe(fitted);
      // Looked at from end to end again, all lanes are there.
      const everything = { startUs: -Infinity, endUs: Infinity };
      expect(fitLanes(fitted, everything)).toEqual(whole);
    }),
  );
});
