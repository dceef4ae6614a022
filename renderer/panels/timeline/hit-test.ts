import type { Segment } from '#preload/domain/segment.ts';
import { pointHalfPx } from './draw-point.ts';
import { laneY, rowAt, shownLane, type RowsLayout, type TimelineRow } from './layout-rows.ts';
import { usAt, xOf, type TimeScale } from './time-scale.ts';
import { candidateRange } from './visible-segments.ts';

/** What lies under the pointer in the rows. */
export type Hit =
  | {
      readonly kind: 'segment';
      readonly row: TimelineRow;
      readonly segment: Segment;
      readonly part: 'start' | 'end' | 'body';
    }
  | { readonly kind: 'row'; readonly row: TimelineRow }
  | { readonly kind: 'nothing' };

/** How far outside its box an edge can be grabbed. */
const outsidePx = 4;
/** How far inside; never more than a third of the box, so that the body of a short one stays reachable. */
const insidePx = 7;

/** The part of a box from `left` to `right` that is grabbed at `x`; null outside its reach. */
export function partAt(left: number, right: number, x: number): 'start' | 'end' | 'body' | null {
  if (x < left - outsidePx || x > right + outsidePx) return null;
  const inside = Math.min(insidePx, (right - left) / 3);
  if (x <= left + inside) return 'start';
  if (x >= right - inside) return 'end';
  return 'body';
}

/** A point is grabbed as a whole, anywhere on its mark or its frame. */
const pointAt = (left: number, right: number, x: number): 'body' | null =>
  x >= Math.min(left, (left + right) / 2 - pointHalfPx) && x <= Math.max(right, (left + right) / 2 + pointHalfPx)
    ? 'body'
    : null;

/**
 * What is at `x` pixels from the canvas's left and `y` pixels below the first row's top. Selected segments win (their
 * handles show), then whichever box really covers the point, then an edge just beside it.
 */
export function hitTest(
  layout: RowsLayout,
  scale: TimeScale,
  x: number,
  y: number,
  selected: ReadonlySet<number>,
): Hit {
  const row = rowAt(layout, y);
  if (!row) return { kind: 'nothing' };
  const lane = Math.floor((y - row.y - row.padPx) / row.lanePx);
  const isPoint = row.actionClass.kind === 'point';
  const reachUs = (isPoint ? pointHalfPx : outsidePx) * scale.usPerPx;
  const us = usAt(scale, x);
  const { first, end } = candidateRange(row, { startUs: us - reachUs - 1, endUs: us + reachUs });
  let best: { segment: Segment; part: 'start' | 'end' | 'body'; rank: number } | null = null;
  for (let index = first; index < end; index += 1) {
    if (shownLane(row, index) !== lane) continue;
    const segment = row.segments[index]!;
    const [left, right] = [xOf(scale, segment.startUs), xOf(scale, segment.endUs)];
    const part = isPoint ? pointAt(left, right, x) : partAt(left, right, x);
    if (part === null) continue;
    // Of marks beside each other the nearer one is meant.
    const covers = isPoint
      ? Math.abs(x - (left + right) / 2) <= pointHalfPx / 2
      : us >= segment.startUs && us < segment.endUs;
    const rank = (selected.has(segment.id) ? 2 : 0) + (covers ? 1 : 0);
    // Of equals the later one is drawn on top.
    if (best === null || rank >= best.rank) best = { segment, part, rank };
  }
  return best ? { kind: 'segment', row, segment: best.segment, part: best.part } : { kind: 'row', row };
}

/** Ids of the segments whose boxes touch a rectangle given by two corners, in the coordinates of `hitTest`. */
export function segmentsInRectangle(
  layout: RowsLayout,
  scale: TimeScale,
  corners: readonly [{ readonly x: number; readonly y: number }, { readonly x: number; readonly y: number }],
): number[] {
  const [left, right] = [corners[0].x, corners[1].x].sort((a, b) => a - b) as [number, number];
  const [top, bottom] = [corners[0].y, corners[1].y].sort((a, b) => a - b) as [number, number];
  const span = { startUs: usAt(scale, left), endUs: usAt(scale, right) };
  const found: number[] = [];
  for (const row of layout.rows) {
    if (row.y + row.heightPx < top || row.y > bottom) continue;
    const { first, end } = candidateRange(row, span);
    for (let index = first; index < end; index += 1) {
      const segment = row.segments[index]!;
      const y = laneY(row, shownLane(row, index));
      if (segment.endUs >= span.startUs && y <= bottom && y + row.lanePx >= top) found.push(segment.id);
    }
  }
  return found;
}
