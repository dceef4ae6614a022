import type { QueryKey } from '@tanstack/react-query';
import type { ChangedCounts } from '#preload/contract/changes.ts';
import { api, queries } from './client.ts';
import { isCurrent } from './is-current.ts';

/** `list` with what `rows` say of some of it; all other rows stay the very same. Pure. */
export function withChanged<Row extends { readonly id: number }>(
  list: readonly Row[],
  rows: readonly (Pick<Row, 'id'> & Partial<Row>)[],
): Row[] {
  const changed = new Map(rows.map((row) => [row.id, row]));
  return list.map((row) => {
    const now = changed.get(row.id);
    return now ? { ...row, ...now } : row;
  });
}

/**
 * Lays counts over the lists of videos and of classes that are known here. Answers those lists that must be fetched
 * instead: one that is old already, or just being fetched by an answer that may be older or newer.
 */
export function acceptCounts({ videos, classes }: ChangedCounts): QueryKey[] {
  const old: QueryKey[] = [];
  const [videosKey, classesKey] = [api.videos.list.queryKey(), api.classes.list.queryKey()];
  if (!isCurrent(videosKey)) old.push(videosKey);
  else if (videos.length > 0) queries.setQueryData(videosKey, (list) => list && withChanged(list, videos));
  if (!isCurrent(classesKey)) old.push(classesKey);
  else if (classes.length > 0) queries.setQueryData(classesKey, (list) => list && withChanged(list, classes));
  return old;
}
