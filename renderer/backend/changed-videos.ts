import type { Video } from '#preload/domain/video.ts';
import { api, queries } from './client.ts';
import { isCurrent } from './is-current.ts';

/** `list`, in the order in which videos were added, with `rows` in their places and without the others of `videoIds`. Pure. */
export function withChangedVideos(
  list: readonly Video[],
  videoIds: readonly number[],
  rows: readonly Video[],
): Video[] {
  const changed = new Set(videoIds);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const known = new Set(list.map(({ id }) => id));
  const kept = list.flatMap((video) => (changed.has(video.id) ? (rowOf.get(video.id) ?? []) : video));
  const fresh = rows.filter(({ id }) => !known.has(id));
  return fresh.length === 0 ? kept : [...kept, ...fresh].sort((a, b) => a.id - b.id);
}

/** Lays videos over the list that is known here. Answers false where that must be fetched instead: it is old, or under way. */
export function acceptVideos(videoIds: readonly number[], rows: readonly Video[]): boolean {
  const key = api.videos.list.queryKey();
  if (!isCurrent(key)) return false;
  queries.setQueryData(key, (list) => list && withChangedVideos(list, videoIds, rows));
  return true;
}
