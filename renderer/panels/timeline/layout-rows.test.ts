// Protects the rows: every segment is somewhere, and those of one lane do not cover each other while lanes last.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutRows, maxLanes, otherLanePx, otherLaneY, rowAt } from './layout-rows.ts';
import { anyTimeline, threeClasses } from './timeline-arbitraries.ts';

describe('the layout of rows', () => {
  it('holds each segment of a known class once, in order of start', () => {
    fc.assert(
      fc.property(anyTimeline, ({ segments }) => {
        const { rows } = layoutRows(threeClasses, segments);
        expect(rows.flatMap((row) => row.segments.map((segment) => segment.id)).sort((a, b) => a - b)).toEqual(
          segments.map((segment) => segment.id),
        );
        for (const row of rows) {
          expect(row.segments.every((segment) => segment.classId === row.actionClass.id)).toBe(true);
          for (let index = 1; index < row.segments.length; index += 1) {
            expect(row.startsUs[index]).toBeGreaterThanOrEqual(row.startsUs[index - 1]!);
            expect(row.reachUs[index]).toBeGreaterThanOrEqual(row.reachUs[index - 1]!);
          }
        }
      }),
    );
  });

  it('puts segments that overlap in time into different lanes, but for the last', () => {
    fc.assert(
      fc.property(anyTimeline, ({ segments }) => {
        for (const row of layoutRows(threeClasses, segments).rows) {
          row.segments.forEach((a, i) =>
            row.segments.forEach((b, j) => {
              if (i >= j || row.lanes[i] !== row.lanes[j] || row.lanes[i] === maxLanes - 1) return;
              expect(a.endUs <= b.startUs || b.endUs <= a.startUs).toBe(true);
            }),
          );
        }
      }),
    );
  });

  it('finds the row at any height, and none outside', () => {
    fc.assert(
      fc.property(anyTimeline, fc.double({ min: -50, max: 500, noNaN: true }), ({ segments }, y) => {
        const layout = layoutRows(threeClasses, segments);
        const row = rowAt(layout, y);
        expect(row === undefined).toBe(y < 0 || y >= layout.heightPx);
        if (row) expect(y >= row.y && y < row.y + row.heightPx).toBe(true);
      }),
    );
  });

  it('gives each other annotator a lane below the segments of a class, in which nothing is a segment', () => {
    fc.assert(
      fc.property(anyTimeline, ({ segments }) => {
        const layers = [
          { name: 'Ana', segments },
          { name: 'Ben', segments: [] },
        ];
        const [plain, beside] = [layoutRows(threeClasses, segments), layoutRows(threeClasses, segments, layers)];
        for (const [index, row] of beside.rows.entries()) {
          expect(row.heightPx).toBe(plain.rows[index]!.heightPx + 2 * otherLanePx);
          expect(row.segments).toEqual(plain.rows[index]!.segments);
          expect(row.others.map(({ name, spans }) => [name, spans.length])).toEqual([
            ['Ana', row.segments.length],
            ['Ben', 0],
          ]);
          expect(otherLaneY(row, 1) + otherLanePx).toBeLessThanOrEqual(row.y + row.heightPx);
        }
      }),
    );
  });

  it('leaves out segments of classes that are not shown', () => {
    const [segment] = fc.sample(anyTimeline, { numRuns: 50 }).flatMap(({ segments }) => segments);
    expect(layoutRows([], [segment!]).rows).toEqual([]);
  });
});
