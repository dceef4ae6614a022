import type { Change, ChangedCounts, ChangedRows } from '#preload/contract/changes.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { Segment } from '#preload/domain/segment.ts';

/** What of a project is asked for where an edit concerns it. */
interface AfterEdit {
  allVideoIds(): readonly number[];
  countsOf(of: { readonly videoIds: readonly number[]; readonly classIds: readonly number[] }): ChangedCounts;
}

/**
 * What the studio must look at again after an edit. A class that comes or goes takes its segments in and out of sight
 * everywhere, so it concerns every video.
 */
export function changesOfEdit(edit: Edit, project: AfterEdit): Change[] {
  const moved = edit.videos.map(({ before, after }) => (after ?? before)!.id);
  const isReclassed = edit.classes.some(({ before, after }) => before?.removed !== after?.removed);
  const segmentsOf = isReclassed
    ? project.allVideoIds()
    : edit.segments.flatMap(({ before, after }) => [before?.videoId ?? [], after?.videoId ?? []].flat());
  // Nothing of a video that is out of sight now can be looked at again.
  const unseen = new Set(edit.videos.flatMap(({ after }) => (after?.removed === true ? after.id : [])));
  const inSight = (videoIds: readonly number[]) => [...new Set(videoIds)].filter((id) => !unseen.has(id));
  const segments = inSight([...segmentsOf, ...moved]);
  const reviews = inSight([...edit.reviews.map(({ before, after }) => (after ?? before)!.videoId), ...moved]);
  // Counts in the library and the class list follow from the rest, and are told where nothing else of these lists changed.
  const splits = edit.splits.map(({ before, after }) => (after ?? before)!.videoId);
  const recounted = edit.segments.filter(({ before, after }) => countedAs(before) !== countedAs(after));
  const counts = recounted.length > 0 || isReclassed;
  const counted = [...new Set([...(counts ? segments : []), ...reviews, ...splits, ...moved])];
  const isTold = edit.classes.length + splits.length + moved.length === 0 && edit.segments.length <= mostToldRows;
  return [
    { topic: 'history' },
    ...(edit.attributes.length > 0 ? [{ topic: 'attributes' as const }] : []),
    ...(edit.recordings.length > 0 ? [{ topic: 'recordings' as const }] : []),
    ...(edit.classes.length > 0 || (counted.length > 0 && !isTold) ? [{ topic: 'classes' as const }] : []),
    ...(segments.length + moved.length > 0
      ? [{ topic: 'segments' as const, videoIds: segments, ...rowsOf(edit, isReclassed || moved.length > 0) }]
      : []),
    ...(reviews.length > 0 ? [{ topic: 'reviews' as const, videoIds: reviews }] : []),
    ...(isTold && counted.length > 0
      ? [{ topic: 'counts' as const, ...project.countsOf({ videoIds: counted, classIds: classesOf(recounted) }) }]
      : []),
    ...((counted.length > 0 && !isTold) || isReclassed ? [{ topic: 'videos' as const, videoIds: counted }] : []),
  ];
}

/** All that counts tell of a segment: one that merely moved in time is counted as before. */
const countedAs = (row: Segment | null): string =>
  JSON.stringify(row && [row.videoId, row.classId, row.state, row.score]);

const classesOf = (changes: Edit['segments']): number[] => [
  ...new Set(changes.flatMap(({ before, after }) => [before?.classId ?? [], after?.classId ?? []].flat())),
];

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
