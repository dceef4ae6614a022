import { exclusiveGroups } from '#preload/domain/class-groups.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { spanningOf } from '#preload/domain/span.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { changesInGroups, keepApart } from './keep-apart.ts';

/** A person's edit with what follows from it in groups of classes that cannot overlap; any other edit as it is. */
export function withWhatYields(database: ProjectDatabase, edit: Edit): Edit {
  if (edit.source !== 'user' || edit.restores !== undefined || edit.segments.length === 0) return edit;
  const groups = exclusiveGroups(database.classes.all());
  if (groups.size === 0) return edit;
  const groupOf = (classId: number): number | null => groups.get(classId) ?? null;
  const placed = changesInGroups(edit.segments, groupOf).flatMap(({ before, after }) =>
    [before ?? [], after ?? []].flat(),
  );
  const others = [...Map.groupBy(placed, ({ videoId }) => videoId)].flatMap(([videoId, rows]) => {
    const named = new Set(rows.map(({ classId }) => groupOf(classId)));
    const classIds = [...groups].flatMap(([classId, group]) => (named.has(group) ? classId : []));
    return database.segments.acceptedTouching(videoId, classIds, spanningOf(rows)!);
  });
  const firstNewId = edit.segments.reduce(
    (next, { after }) => Math.max(next, (after?.id ?? 0) + 1),
    database.nextId('segments'),
  );
  return placed.length === 0 ? edit : { ...edit, segments: keepApart(edit.segments, others, { groupOf, firstNewId }) };
}
