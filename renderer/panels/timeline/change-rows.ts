import { withChanges, type SegmentChanges } from '../../backend/segment-order.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { inLanesOf, rowHeightPx, type RowsLayout, type TimelineRow } from './layout-rows.ts';

/**
 * `layout` after `changes` of its segments, at the cost of the rows that they concern: all others stay the very same but
 * for where they stand. Null where a row comes, goes or is looked at otherwise for it, so that all must be laid out. Pure.
 */
export function changeRows(layout: RowsLayout, changes: SegmentChanges): RowsLayout | null {
  const { gone, come } = changes;
  if (gone.length + come.length === 0) return layout;
  const classIds = new Set([...gone, ...come].map(({ classId }) => classId));
  const changed = new Map<number, TimelineRow>();
  for (const row of layout.rows) {
    const { id } = row.actionClass;
    if (!classIds.has(id)) continue;
    const segments = withChanges(row.segments, {
      gone: gone.filter(({ classId }) => classId === id),
      come: come.filter(({ classId }) => classId === id),
    });
    // A row that was empty, or will be, may be thin or hidden.
    if ((segments.length === 0) !== (row.segments.length === 0)) return null;
    const inLanes = inLanesOf(segments, row.folded);
    const laned = { ...row, ...inLanes, laneCount: inLanes.allLanes };
    changed.set(id, { ...laned, heightPx: rowHeightPx(laned, laned.laneCount) });
  }
  if (changed.size < classIds.size) return null;
  let y = 0;
  const rows = layout.rows.map((before) => {
    const row = changed.get(before.actionClass.id) ?? before;
    const placed = row.y === y ? row : { ...row, y };
    y += row.heightPx;
    return placed;
  });
  const hasId = ({ id }: Segment): boolean => id > 0;
  return {
    rows,
    inOrder: withChanges(layout.inOrder, { gone: gone.filter(hasId), come: come.filter(hasId) }),
    heightPx: y,
  };
}
