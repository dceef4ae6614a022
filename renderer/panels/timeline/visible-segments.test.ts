// Protects fast drawing: what is skipped or merged for speed must be exactly what nobody could see.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapUs } from '#preload/domain/span.ts';
import { layoutRows } from './layout-rows.ts';
import { visibleSpan, xOf } from './time-scale.ts';
import { anyTimeline, threeClasses } from './timeline-arbitraries.ts';
import { candidateRange, forEachVisibleBox } from './visible-segments.ts';

describe('visible segments', () => {
  it('are looked up with none missed', () => {
    fc.assert(
      fc.property(anyTimeline, ({ segments, scale }) => {
        const span = visibleSpan(scale);
        for (const row of layoutRows(threeClasses, segments).rows) {
          const { first, end } = candidateRange(row, span);
          const outside = [...row.segments.slice(0, first), ...row.segments.slice(end)];
          expect(outside.filter((segment) => overlapUs(segment, span) > 0)).toEqual([]);
        }
      }),
    );
  });

  it('are all covered by boxes of their lane and state, a box never reaching further than a pixel beyond them', () => {
    fc.assert(
      fc.property(anyTimeline, ({ segments, scale }) => {
        for (const row of layoutRows(threeClasses, segments).rows) {
          const boxes: { left: number; right: number; lane: number; state: string; index: number }[] = [];
          forEachVisibleBox(
            row,
            scale,
            () => false,
            (box) => boxes.push({ ...box }),
          );
          for (const [index, segment] of row.segments.entries()) {
            if (overlapUs(segment, visibleSpan(scale)) === 0) continue;
            const covering = boxes.some(
              (box) =>
                box.lane === row.lanes[index] &&
                box.state === segment.state &&
                box.left <= xOf(scale, segment.startUs) + 1e-6 &&
                box.right >= xOf(scale, segment.endUs) - 1e-6,
            );
            expect(covering).toBe(true);
          }
          for (const box of boxes) {
            if (box.index < 0) continue;
            expect(box.right - box.left).toBeCloseTo(
              (row.segments[box.index]!.endUs - row.segments[box.index]!.startUs) / scale.usPerPx,
              6,
            );
          }
        }
      }),
    );
  });

  it('cost no more boxes than there are pixels, however many there are', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      id: index + 1,
      videoId: 1,
      classId: 1,
      startUs: index * 1000,
      endUs: index * 1000 + 900,
      state: 'accepted' as const,
      score: null,
      source: { kind: 'human' as const },
      touched: true,
      ranking: [],
      note: '',
    }));
    const [row] = layoutRows(threeClasses, many).rows;
    let boxes = 0;
    forEachVisibleBox(
      row!,
      { startUs: 0, usPerPx: 20_000, widthPx: 1000 },
      () => false,
      () => (boxes += 1),
    );
    expect(boxes).toBeLessThanOrEqual(1000);
    expect(boxes).toBeGreaterThan(100);
  });

  it('leave out what is drawn elsewhere', () => {
    fc.assert(
      fc.property(anyTimeline, ({ segments, scale }) => {
        for (const row of layoutRows(threeClasses, segments).rows) {
          let boxes = 0;
          forEachVisibleBox(
            row,
            scale,
            () => true,
            () => (boxes += 1),
          );
          expect(boxes).toBe(0);
        }
      }),
    );
  });
});
