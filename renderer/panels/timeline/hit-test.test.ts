// Protects pointing: what is drawn under the pointer is what a press takes hold of.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitTest, partAt, segmentsInRectangle } from './hit-test.ts';
import { laneY, layoutRows, maxLanes } from './layout-rows.ts';
import { usAt, xOf } from './time-scale.ts';
import { anyTimeline, threeClasses } from './timeline-arbitraries.ts';

const nobody: ReadonlySet<number> = new Set();

describe('the hit test', () => {
  it('finds every segment in the middle of its box', () => {
    fc.assert(
      fc.property(anyTimeline, ({ segments, scale }) => {
        const layout = layoutRows(threeClasses, segments);
        for (const row of layout.rows) {
          row.segments.forEach((segment, index) => {
            // The last lane may hold boxes on top of each other; there the topmost is right.
            if (row.lanes[index] === maxLanes - 1) return;
            const x = (xOf(scale, segment.startUs) + xOf(scale, segment.endUs)) / 2;
            const hit = hitTest(layout, scale, x, laneY(row, row.lanes[index]!) + row.lanePx / 2, nobody);
            expect(hit.kind).toBe('segment');
            if (hit.kind === 'segment') expect(hit.segment.id).toBe(segment.id);
          });
        }
      }),
    );
  });

  it('answers a segment only where one is, give or take the reach of an edge', () => {
    fc.assert(
      fc.property(
        anyTimeline,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: -10, max: 400, noNaN: true }),
        ({ segments, scale }, share, y) => {
          const layout = layoutRows(threeClasses, segments);
          const x = share * scale.widthPx;
          const hit = hitTest(layout, scale, x, y, nobody);
          expect(hit.kind === 'nothing').toBe(y < 0 || y >= layout.heightPx);
          if (hit.kind !== 'segment') return;
          expect(x).toBeGreaterThanOrEqual(xOf(scale, hit.segment.startUs) - 4.001);
          expect(x).toBeLessThanOrEqual(xOf(scale, hit.segment.endUs) + 4.001);
          expect(hit.segment.classId).toBe(hit.row.actionClass.id);
        },
      ),
    );
  });

  it('offers the edges of a wide box at its ends and its body between, and of two that touch the one pointed at', () => {
    expect(partAt(100, 200, 98)).toBe('start');
    expect(partAt(100, 200, 104)).toBe('start');
    expect(partAt(100, 200, 150)).toBe('body');
    expect(partAt(100, 200, 197)).toBe('end');
    expect(partAt(100, 200, 203)).toBe('end');
    expect(partAt(100, 200, 210)).toBeNull();
  });

  it('keeps the body of a short box within reach', () => {
    for (const width of [6, 9, 15]) expect(partAt(100, 100 + width, 100 + width / 2)).toBe('body');
  });
});

describe('the selection rectangle', () => {
  it('takes exactly the boxes it touches', () => {
    fc.assert(
      fc.property(
        anyTimeline,
        fc.tuple(fc.nat(1000), fc.nat(200), fc.nat(1000), fc.nat(200)),
        ({ segments, scale }, [x0, y0, x1, y1]) => {
          const layout = layoutRows(threeClasses, segments);
          const found = new Set(
            segmentsInRectangle(layout, scale, [
              { x: x0, y: y0 },
              { x: x1, y: y1 },
            ]),
          );
          for (const row of layout.rows) {
            row.segments.forEach((segment, index) => {
              const top = laneY(row, row.lanes[index]!);
              const touches =
                segment.endUs >= usAt(scale, Math.min(x0, x1)) &&
                segment.startUs <= usAt(scale, Math.max(x0, x1)) &&
                top <= Math.max(y0, y1) &&
                top + row.lanePx >= Math.min(y0, y1);
              expect(found.has(segment.id)).toBe(touches);
            });
          }
        },
      ),
    );
  });
});
