import type { LookBack } from '#preload/contract/history.ts';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { say } from '#preload/domain/saying.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import type { StoredRestorePoint } from '../database/restore-points-table.ts';
import { editOf } from './edit-value.ts';
import { RowsThen } from './rows-then.ts';

/** Fails with `not-found` for a point that was removed. */
export function restorePointOf({ restorePoints }: ProjectDatabase, id: number): StoredRestorePoint {
  const point = restorePoints.get(id);
  if (point !== null) return point;
  throw new Failure('not-found', say('This restore point is no longer there: it was removed.'), { pointId: id });
}

/** The edit that takes everything back to what it was at a point. Nothing of the log goes: undo leads forth again. */
export const goBackEdit = (database: ProjectDatabase, point: StoredRestorePoint, then: RowsThen): Edit => ({
  ...editOf(say('Go back to “{{name}}”', { name: point.name }), 'user', 'undoable', then.changes(database)),
  restores: point.id,
});

/** Segments beyond these are counted and not listed. */
const mostListed = 2000;

/** What differs between a point and now, and who made it so. */
export async function lookBack(database: ProjectDatabase, point: StoredRestorePoint): Promise<LookBack> {
  const then = await RowsThen.since(database, point);
  then.catchUp(database);
  const changes = then.changes(database);
  const rows = changes.segments;
  const nameOfClass = new Map(
    [
      ...changes.classes.flatMap(({ before, after }) => [after ?? [], before ?? []].flat()),
      ...database.classes.all(),
    ].map(({ id, name }) => [id, name]),
  );
  const ofVideos = tally(rows, ({ videoId }) => videoId);
  const nameOfVideo = new Map(ofVideos.map(([id]) => [id, database.videos.get(id)?.name ?? '']));
  return {
    point: told(point),
    lastEditId: database.edits.lastId(),
    makers: database.edits.makersSince(point.editId),
    classes: tally(rows, ({ classId }) => classId).map(([classId, counts]) => ({
      ...counts,
      classId,
      name: nameOfClass.get(classId) ?? '',
    })),
    videos: ofVideos.map(([videoId, counts]) => ({
      ...counts,
      videoId,
      name: nameOfVideo.get(videoId) ?? '',
    })),
    others: {
      classes: changes.classes.length,
      reviews: changes.reviews.length,
      videos: changes.videos.length,
      splits: changes.splits.length,
      attributes: changes.attributes.length,
    },
    segmentCount: rows.length,
    segments: rows
      .map(({ before, after }) => ({ row: (after ?? before)!, becomes: becomes(before, after) }))
      .toSorted((a, b) => a.row.videoId - b.row.videoId || a.row.startUs - b.row.startUs)
      .slice(0, mostListed)
      .map(({ row, becomes: what }) => ({
        id: row.id,
        videoId: row.videoId,
        videoName: nameOfVideo.get(row.videoId) ?? '',
        className: nameOfClass.get(row.classId) ?? '',
        startUs: row.startUs,
        endUs: row.endUs,
        state: row.state,
        becomes: what,
      })),
  };
}

/** What is told of a point. */
export const told = ({ editId: _, turnId: __, nextSegmentId: ___, ...point }: StoredRestorePoint): LookBack['point'] =>
  point;

const becomes = (now: Segment | null, then: Segment | null): 'back' | 'gone' | 'changed' =>
  now === null ? 'back' : then === null ? 'gone' : 'changed';

type Tally = Pick<LookBack['classes'][number], 'back' | 'gone' | 'changed'>;

/** Of each group how many segments come back, go and change; a changed one counts where it comes to be. */
function tally(rows: Edit['segments'], groupOf: (row: Segment) => number): [number, Tally][] {
  const counts = new Map<number, Record<keyof Tally, number>>();
  for (const { before, after } of rows) {
    const group = groupOf((after ?? before)!);
    const sum = counts.get(group) ?? { back: 0, gone: 0, changed: 0 };
    sum[becomes(before, after)] += 1;
    counts.set(group, sum);
  }
  return [...counts].toSorted(([a], [b]) => a - b);
}
