import type { Edit } from '#preload/domain/edit.ts';
import type { Segment } from '#preload/domain/segment.ts';

/** Whether there is something else to learn from after this edit: a decided segment how far a video is reviewed, or the part of the data
 * set that a video belongs to changed. */
export function changesTeaching(edit: Edit): boolean {
  const isDecided = (row: Segment | null): boolean =>
    row !== null && (row.state !== 'proposed' || row.ambiguous === true);
  return (
    edit.reviews.length > 0 ||
    edit.splits.length > 0 ||
    edit.segments.some(({ before, after }) => isDecided(before) || isDecided(after))
  );
}
