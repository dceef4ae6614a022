import type Database from 'better-sqlite3';
import type { RestorePoint } from '#preload/domain/restore-point.ts';
import { leadsNowhere } from './edits-table.ts';
import { toldColumns, toldIn } from './told-columns.ts';

/** A restore point with its place in the log. */
export interface StoredRestorePoint extends RestorePoint {
  readonly editId: number;
  readonly turnId: number;
  readonly nextSegmentId: number;
}

type PointRow = Omit<StoredRestorePoint, 'name'> & { readonly name: string; readonly said: string | null };

const toPoint = ({ said, ...row }: PointRow): StoredRestorePoint => ({ ...row, name: toldIn(row.name, said) });
const pointIn = (row: PointRow | undefined): StoredRestorePoint | null => (row === undefined ? null : toPoint(row));

/** How many of those that nobody named are kept: each keeps model runs in the log. */
const mostUnnamed = 60;

const columns = `id, at, name, said, cause, annotator, model, version, edit_id AS editId, turn_id AS turnId,
  next_segment_id AS nextSegmentId`;

export class RestorePointsTable {
  readonly #all: Database.Statement<[], PointRow>;
  readonly #get: Database.Statement<[number], PointRow>;
  readonly #lastBefore: Database.Statement<[string], PointRow>;
  readonly #insert: Database.Statement<[Omit<PointRow, 'id' | 'editId' | 'turnId' | 'nextSegmentId'>]>;
  readonly #remove: Database.Statement<[number]>;
  readonly #tooMany: Database.Statement<[], { id: number }>;
  readonly #forgetRuns: Database.Statement<[Pick<StoredRestorePoint, 'id' | 'editId' | 'nextSegmentId'>]>;
  readonly #forgetTurns: Database.Statement<[]>;

  constructor(connection: Database.Database) {
    this.#all = connection.prepare(`SELECT ${columns} FROM restore_points ORDER BY id DESC`);
    this.#get = connection.prepare(`SELECT ${columns} FROM restore_points WHERE id = ?`);
    this.#lastBefore = connection.prepare(
      `SELECT ${columns} FROM restore_points WHERE cause = ? ORDER BY id DESC LIMIT 1`,
    );
    const last = (table: string): string => `coalesce((SELECT seq FROM sqlite_sequence WHERE name = '${table}'), 0)`;
    this.#insert = connection.prepare(
      `INSERT INTO restore_points (at, name, said, cause, annotator, model, version, edit_id, turn_id, next_segment_id)
       VALUES (@at, @name, @said, @cause, @annotator, @model, @version, ${last('edits')}, ${last('turns')}, ${last('segments')} + 1)`,
    );
    this.#remove = connection.prepare('DELETE FROM restore_points WHERE id = ?');
    this.#tooMany = connection.prepare(
      `SELECT id FROM restore_points WHERE cause <> 'person' ORDER BY id DESC LIMIT -1 OFFSET ${mostUnnamed}`,
    );
    // Beyond the next point, that one leads back along the same runs.
    this.#forgetRuns = connection.prepare(
      `DELETE FROM edits WHERE record = 'silent' AND id > @editId
         AND id <= coalesce((SELECT min(edit_id) FROM restore_points WHERE id > @id), (SELECT max(id) FROM edits))
         AND EXISTS (SELECT 1 FROM edit_segments WHERE edit_id = edits.id AND segment_id < @nextSegmentId)
         AND ${leadsNowhere}`,
    );
    this.#forgetTurns = connection.prepare(
      'DELETE FROM turns WHERE id <= coalesce((SELECT min(turn_id) FROM restore_points), (SELECT max(id) FROM turns))',
    );
  }

  /** Newest first. */
  all(): StoredRestorePoint[] {
    return this.#all.all().map(toPoint);
  }

  get(id: number): StoredRestorePoint | null {
    return pointIn(this.#get.get(id));
  }

  lastOf(cause: RestorePoint['cause']): StoredRestorePoint | null {
    return pointIn(this.#lastBefore.get(cause));
  }

  /** At the end of the log as it is now; answers its identifier. The oldest that nobody named go. */
  add({ name, ...point }: Omit<RestorePoint, 'id'>): number {
    const { label, said } = toldColumns(name);
    const id = Number(this.#insert.run({ ...point, name: label, said }).lastInsertRowid);
    for (const old of this.#tooMany.all()) this.remove(old.id);
    this.#forgetTurns.run();
    return id;
  }

  /** With it go the model runs that led back to it alone. */
  remove(id: number): void {
    const point = this.get(id);
    if (point === null) return;
    this.#remove.run(id);
    const { editId, nextSegmentId } = point;
    this.#forgetRuns.run({ id, editId, nextSegmentId });
    this.#forgetTurns.run();
  }
}
