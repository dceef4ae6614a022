import type { Change, ChangedRows } from '#preload/contract/changes.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { Segment } from '#preload/domain/segment.ts';

/**
 * What the studio must look at again after an edit. A class that comes or goes takes its segments in and out of sight
 * everywhere, so it concerns every one of `allVideoIds`.
 */
export function changesOfEdit(edit: Edit, allVideoIds: () => readonly number[]): Change[] {
  const moved = edit.videos.map(({ before, after }) => (after ?? before)!.id);
  const isReclassed = edit.classes.some(({ before, after }) => before?.removed !== after?.removed);
  const segmentsOf = isReclassed
    ? allVideoIds()
    : edit.segments.flatMap(({ before, after }) => [before?.videoId ?? [], after?.videoId ?? []].flat());
  // Nothing of a video that is out of sight now can be looked at again.
  const unseen = new Set(edit.videos.flatMap(({ after }) => (after?.removed === true ? after.id : [])));
  const inSight = (videoIds: readonly number[]) => [...new Set(videoIds)].filter((id) => !unseen.has(id));
  const segments = inSight([...segmentsOf, ...moved]);
  const reviews = inSight([...edit.reviews.map(({ before, after }) => (after ?? before)!.videoId), ...moved]);
  // Counts in the library and the class list follow from the rest.
  const splits = edit.splits.map(({ before, after }) => (after ?? before)!.videoId);
  const counts = edit.segments.some(({ before, after }) => countedAs(before) !== countedAs(after)) || isReclassed;
  const counted = [...new Set([...(counts ? segments : []), ...reviews, ...splits, ...moved])];
  return [
    { topic: 'history' },
    ...(edit.attributes.length > 0 ? [{ topic: 'attributes' as const }] : []),
    ...(edit.classes.length > 0 || counted.length > 0 ? [{ topic: 'classes' as const }] : []),
    ...(segments.length + moved.length > 0
      ? [{ topic: 'segments' as const, videoIds: segments, ...rowsOf(edit, isReclassed || moved.length > 0) }]
      : []),
    ...(reviews.length > 0 ? [{ topic: 'reviews' as const, videoIds: reviews }] : []),
    ...(counted.length > 0 || isReclassed ? [{ topic: 'videos' as const, videoIds: counted }] : []),
  ];
}

/** All that counts tell of a segment: one that merely moved in time is counted as before. */
const countedAs = (row: Segment | null): string =>
  JSON.stringify(row && [row.videoId, row.classId, row.state, row.score]);

/** More rows than this are fetched anew sooner than told. */
const mostToldRows = 500;

/** The rows themselves, where the edit took no other ones in or out of sight with it. */
function rowsOf({ segments }: Edit, movesOthers: boolean): { readonly rows?: ChangedRows } {
  if (movesOthers || segments.length > mostToldRows) return {};
  return {
    rows: {
      removed: segments.flatMap(({ before, after }) => (after === null && before !== null ? before.id : [])),
      placed: segments.flatMap(({ after }) => after ?? []),
    },
  };
}
