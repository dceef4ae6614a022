import type { Span } from '#preload/domain/span.ts';
import { rowHeightPx, type RowsLayout, type TimelineRow } from './layout-rows.ts';
import { candidateRange } from './visible-segments.ts';

/**
 * `layout` with room in each row for the lanes in use within `span` alone: where a class overlaps itself elsewhere, its
 * row need not be as high here. Segments keep their lanes. Rows that stay as they are stay the very same. Pure.
 */
export function fitLanes(layout: RowsLayout, span: Span): RowsLayout {
  let y = 0;
  const rows = layout.rows.map((row) => {
    const laneCount = lanesWithin(row, span);
    const heightPx = rowHeightPx(row, laneCount);
    const fitted = row.y === y && row.laneCount === laneCount ? row : { ...row, y, laneCount, heightPx };
    y += heightPx;
    return fitted;
  });
  return rows.every((row, index) => row === layout.rows[index]) ? layout : { ...layout, rows, heightPx: y };
}

/** What was last found for the lanes of a row, which stay the very same while its segments do. */
const fitted = new WeakMap<Uint8Array, Span & { readonly count: number }>();

function lanesWithin(row: TimelineRow, { startUs, endUs }: Span): number {
  const before = fitted.get(row.lanes);
  if (before?.startUs === startUs && before.endUs === endUs) return before.count;
  const count = lanesInUse(row, { startUs, endUs });
  fitted.set(row.lanes, { startUs, endUs, count });
  return count;
}

function lanesInUse(row: TimelineRow, span: Span): number {
  const { first, end } = candidateRange(row, span);
  let lanes = 1;
  for (let index = first; index < end && lanes < row.allLanes; index += 1)
    if (row.segments[index]!.endUs > span.startUs) lanes = Math.max(lanes, row.lanes[index]! + 1);
  return lanes;
}
