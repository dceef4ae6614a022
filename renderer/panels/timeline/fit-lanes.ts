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

function lanesWithin(row: TimelineRow, span: Span): number {
  const { first, end } = candidateRange(row, span);
  let lanes = 1;
  for (let index = first; index < end && lanes < row.allLanes; index += 1)
    if (row.segments[index]!.endUs > span.startUs) lanes = Math.max(lanes, row.lanes[index]! + 1);
  return lanes;
}
