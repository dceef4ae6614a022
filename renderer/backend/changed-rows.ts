import type { ChangedRows } from '#preload/contract/changes.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { api, queries } from './client.ts';
import { isCurrent } from './is-current.ts';
import { edited, rowsOf } from './segment-order.ts';

// What comes anew is taken as it is: comparing a hundred thousand rows with those before takes longer than drawing them.
queries.setQueryDefaults(api.segments.list.key(), { structuralSharing: false });

/** A video's `list` after an edit; all other rows stay the very same. Pure. */
export function withChangedRows(
  list: readonly Segment[],
  videoId: number,
  { removed, placed }: ChangedRows,
): readonly Segment[] {
  const gone = rowsOf(list, [...new Set([...removed, ...placed.map(({ id }) => id)])]);
  return edited(list, { gone: [...gone.values()], come: placed.filter((row) => row.videoId === videoId) });
}

/**
 * Lays an edit's rows over the list of a video that is known here. Answers false where it must be fetched instead: it is
 * just being fetched, by an answer that may be older or newer, or holds a row of a class that is not in sight.
 */
export function acceptRows(videoId: number, rows: ChangedRows): boolean {
  const key = api.segments.list.queryKey({ input: { videoId } });
  const list = queries.getQueryData(key);
  if (list === undefined || !isCurrent(key)) return false;
  const classes = queries.getQueryData(api.classes.list.queryKey());
  const known = new Set(classes?.map(({ id }) => id));
  if (!rows.placed.every(({ classId }) => known.has(classId))) return false;
  queries.setQueryData(key, withChangedRows(list, videoId, rows) as Segment[]);
  return true;
}
