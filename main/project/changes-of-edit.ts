import type { Change } from '#preload/contract/changes.ts';
import type { Edit } from '#preload/domain/edit.ts';

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
  const segments = [...new Set([...segmentsOf, ...moved])];
  const reviews = [...new Set([...edit.reviews.map(({ before, after }) => (after ?? before)!.videoId), ...moved])];
  // Counts in the library and the class list follow from the rest.
  const splits = edit.splits.map(({ before, after }) => (after ?? before)!.videoId);
  const counted = [...new Set([...segments, ...reviews, ...splits])];
  return [
    { topic: 'history' },
    ...(edit.classes.length > 0 || segments.length > 0 ? [{ topic: 'classes' as const }] : []),
    ...(segments.length > 0 ? [{ topic: 'segments' as const, videoIds: segments }] : []),
    ...(reviews.length > 0 ? [{ topic: 'reviews' as const, videoIds: reviews }] : []),
    ...(counted.length > 0 || isReclassed ? [{ topic: 'videos' as const, videoIds: counted }] : []),
  ];
}
