import type Database from 'better-sqlite3';
import { edit as editSchema } from '#preload/domain/edit.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { Told } from '#preload/domain/saying.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { readStored } from './stored-json.ts';
import { toldColumns, toldIn } from './told-columns.ts';

const editRows = editSchema.omit({ label: true, source: true, record: true });

/** `undone` can be redone; `discarded` was undone and then passed over by a new edit. */
export type EditStanding = 'done' | 'undone' | 'discarded';

export interface LoggedEdit {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly standing: EditStanding;
  readonly edit: Edit;
}

interface EditRow {
  readonly id: number;
  readonly at: number;
  readonly label: string;
  readonly said: string | null;
  readonly source: Edit['source'];
  readonly record: Edit['record'];
  readonly standing: EditStanding;
  readonly body: string;
}

export interface EditHeading {
  readonly id: number;
  readonly at: number;
  readonly label: Told;
  readonly source: Edit['source'];
  readonly annotator: string | null;
  readonly standing: EditStanding;
}

type HeadingRow = Omit<EditHeading, 'label'> & Pick<EditRow, 'label' | 'said'>;

const toLogged = (row: EditRow): LoggedEdit => ({
  id: row.id,
  at: row.at,
  standing: row.standing,
  edit: {
    ...readStored(editRows, row.body, `an edit "${row.label}"`),
    label: toldIn(row.label, row.said),
    source: row.source,
    record: row.record,
  },
});

/** How many runs back a proposal that was replaced can still be decided on. */
const runsKept = 3;

/**
 * How many edits back a person's own are looked for: whoever has done nothing in the last so many of a team has nothing at
 * hand to undo.
 */
const ownReach = 10_000;

/** As many as are read at once where the log is gone back along. */
const pageOfEdits = 300;

/** Of a model run no segment is left, and it leads back to no restore point. */
export const leadsNowhere = `NOT EXISTS (SELECT 1 FROM edit_segments JOIN segments ON segments.id = segment_id
    WHERE edit_id = edits.id)
  AND NOT EXISTS (SELECT 1 FROM edit_segments AS told JOIN restore_points AS point
    ON point.edit_id < told.edit_id AND told.segment_id < point.next_segment_id WHERE told.edit_id = edits.id)`;

/** The edit log. Undo reads it backwards, history and tuning read it forwards. */
export class EditsTable {
  readonly #append: Database.Statement<[Omit<EditRow, 'id' | 'standing'>]>;
  readonly #mention: Database.Statement<[number, number]>;
  readonly #each: Database.Statement<[], EditRow>;
  readonly #get: Database.Statement<[number], EditRow>;
  readonly #between: Database.Statement<[number, number], EditRow>;
  readonly #lastId: Database.Statement<[], { seq: number }>;
  readonly #makersSince: Database.Statement<[number], { annotator: string | null; count: number }>;
  readonly #lastDone: Database.Statement<[number], EditRow>;
  readonly #lastDoneOf: Database.Statement<[{ before: number; person: string }], EditRow>;
  readonly #doneOfSeries: Database.Statement<
    [{ before: number; after: number; person: string; series: string }],
    EditRow
  >;
  readonly #firstUndone: Database.Statement<[], EditRow>;
  readonly #firstUndoneOf: Database.Statement<[string], EditRow>;
  readonly #laterOfSegments: Database.Statement<[string, number], EditRow>;
  readonly #laterOfOthers: Database.Statement<[number], EditRow>;
  readonly #lastOfSegment: Database.Statement<[number], EditRow>;
  readonly #setStanding: Database.Statement<[EditStanding, number]>;
  readonly #discardUndone: Database.Statement<[]>;
  readonly #discardUndoneOf: Database.Statement<[string]>;
  readonly #runsOf: Database.Statement<[string], number>;
  readonly #segmentsOf: Database.Statement<[string], number>;
  readonly #forgetRuns: Database.Statement<[string]>;
  readonly #lastRunOf: Database.Statement<[number], EditRow>;
  readonly #headings: Database.Statement<[number], HeadingRow>;
  readonly #headingsOfSegment: Database.Statement<[number, number], HeadingRow>;

  constructor(connection: Database.Database) {
    this.#append = connection.prepare(
      `INSERT INTO edits (at, label, said, source, record, standing, body) VALUES (@at, @label, @said, @source, @record, 'done', @body)`,
    );
    this.#mention = connection.prepare('INSERT OR IGNORE INTO edit_segments (segment_id, edit_id) VALUES (?, ?)');
    this.#each = connection.prepare('SELECT * FROM edits ORDER BY id');
    this.#get = connection.prepare('SELECT * FROM edits WHERE id = ?');
    this.#between = connection.prepare(
      `SELECT * FROM edits WHERE id > ? AND id <= ? ORDER BY id DESC LIMIT ${pageOfEdits}`,
    );
    this.#lastId = connection.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'edits'`);
    this.#makersSince = connection.prepare(
      `SELECT body ->> 'annotator' AS annotator, count(*) AS count FROM edits
         WHERE id > ? AND record = 'undoable' AND standing = 'done' GROUP BY 1 ORDER BY 2 DESC`,
    );
    const isDone = `record = 'undoable' AND standing = 'done'`;
    this.#lastDone = connection.prepare(`SELECT * FROM edits WHERE ${isDone} AND id < ? ORDER BY id DESC LIMIT 1`);
    this.#lastDoneOf = connection.prepare(
      `SELECT * FROM edits WHERE ${isDone} AND id < @before AND body ->> 'annotator' = @person
         AND id > (SELECT max(id) FROM edits) - ${ownReach} ORDER BY id DESC LIMIT 1`,
    );
    this.#doneOfSeries = connection.prepare(
      `SELECT * FROM edits WHERE ${isDone} AND id < @before AND id > @after
         AND body ->> 'annotator' = @person AND body ->> 'series' = @series ORDER BY id DESC LIMIT 1`,
    );
    this.#firstUndone = connection.prepare(`SELECT * FROM edits WHERE standing = 'undone' ORDER BY id LIMIT 1`);
    this.#firstUndoneOf = connection.prepare(
      `SELECT * FROM edits WHERE standing = 'undone' AND body ->> 'annotator' = ? ORDER BY id LIMIT 1`,
    );
    this.#laterOfSegments = connection.prepare(
      `SELECT edits.* FROM json_each(?) AS ids JOIN edit_segments ON segment_id = ids.value AND edit_id > ?
         JOIN edits ON edits.id = edit_id AND ${isDone} LIMIT 1`,
    );
    this.#laterOfOthers = connection.prepare(
      `SELECT * FROM edits WHERE id > ? AND ${isDone} AND json_array_length(body, '$.classes')
         + json_array_length(body, '$.reviews') + json_array_length(body, '$.videos')
         + coalesce(json_array_length(body, '$.splits'), 0) + coalesce(json_array_length(body, '$.attributes'), 0)
         + coalesce(json_array_length(body, '$.recordings'), 0) > 0 ORDER BY id`,
    );
    this.#lastOfSegment = connection.prepare(
      `SELECT edits.* FROM edit_segments JOIN edits ON edits.id = edit_id AND standing = 'done'
         WHERE segment_id = ? ORDER BY edit_id DESC LIMIT 1`,
    );
    this.#setStanding = connection.prepare('UPDATE edits SET standing = ? WHERE id = ?');
    this.#discardUndone = connection.prepare(`UPDATE edits SET standing = 'discarded' WHERE standing = 'undone'`);
    this.#discardUndoneOf = connection.prepare(
      `UPDATE edits SET standing = 'discarded' WHERE standing = 'undone' AND body ->> 'annotator' = ?`,
    );
    this.#runsOf = connection
      .prepare<[string], number>(
        `SELECT DISTINCT edit_id FROM edit_segments JOIN edits ON edits.id = edit_id AND record = 'silent'
         WHERE segment_id IN (SELECT value FROM json_each(?))`,
      )
      .pluck();
    this.#segmentsOf = connection
      .prepare<[string], number>(
        'SELECT DISTINCT segment_id FROM edit_segments WHERE edit_id IN (SELECT value FROM json_each(?))',
      )
      .pluck();
    this.#forgetRuns = connection.prepare(
      `DELETE FROM edits WHERE id IN (SELECT value FROM json_each(?)) AND ${leadsNowhere}`,
    );
    this.#lastRunOf = connection.prepare(
      `SELECT * FROM edits WHERE record = 'silent' AND id = (SELECT max(edit_id) FROM edit_segments WHERE segment_id = ?)`,
    );
    // Nobody signs a model run, and its body may be a megabyte to look through.
    const heading = `SELECT id, at, label, said, source, standing,
      CASE source WHEN 'model' THEN NULL ELSE body ->> 'annotator' END AS annotator FROM edits`;
    this.#headings = connection.prepare(`${heading} ORDER BY id DESC LIMIT ?`);
    this.#headingsOfSegment = connection.prepare(
      `${heading} WHERE id IN (SELECT edit_id FROM edit_segments WHERE segment_id = ?) ORDER BY id DESC LIMIT ?`,
    );
  }

  append(value: Edit, at: number): number {
    const { label, source, record, ...body } = value;
    const row = { at, ...toldColumns(label), source, record, body: JSON.stringify(body) };
    const id = Number(this.#append.run(row).lastInsertRowid);
    for (const change of value.segments) this.#mention.run((change.after ?? change.before)!.id, id);
    return id;
  }

  /** Every edit, oldest first, one at a time. */
  *each(): Generator<LoggedEdit> {
    for (const row of this.#each.iterate()) yield toLogged(row);
  }

  get(id: number): LoggedEdit | null {
    const row = this.#get.get(id);
    return row === undefined ? null : toLogged(row);
  }

  /** The last that was ever logged; 0 for none. */
  lastId(): number {
    return this.#lastId.get()?.seq ?? 0;
  }

  /** The newest few hundred at most of the edits after `after` and not after `upTo`, newest first. */
  between(after: number, upTo: number): LoggedEdit[] {
    return this.#between.all(after, upTo).map(toLogged);
  }

  /** Who made how many of the undoable edits after one that stand; null for those of whom nobody said. */
  makersSince(id: number): { readonly annotator: string | null; readonly count: number }[] {
    return this.#makersSince.all(id);
  }

  /** What undo would take back next, of one person's edits where `person` is given: the last, or the last before one. */
  lastDone(person: string | null = null, before = Number.MAX_SAFE_INTEGER): LoggedEdit | null {
    const row = person === null ? this.#lastDone.get(before) : this.#lastDoneOf.get({ before, person });
    return row === undefined ? null : toLogged(row);
  }

  /** One person's edits of a series that are done, the last first. */
  *doneOfSeries(person: string, series: string, before = Number.MAX_SAFE_INTEGER): Generator<LoggedEdit> {
    let last = before;
    for (;;) {
      const row = this.#doneOfSeries.get({ before: last, after: last - ownReach, person, series });
      if (row === undefined) return;
      last = row.id;
      yield toLogged(row);
    }
  }

  /** What redo would do again next, of one person's edits where `person` is given. */
  firstUndone(person: string | null = null): LoggedEdit | null {
    const row = person === null ? this.#firstUndone.get() : this.#firstUndoneOf.get(person);
    return row === undefined ? null : toLogged(row);
  }

  /** An undoable edit after `id` that is done and touched one of these segments; null for none. */
  laterOfSegments(id: number, segmentIds: readonly number[]): LoggedEdit | null {
    const row = this.#laterOfSegments.get(JSON.stringify(segmentIds), id);
    return row === undefined ? null : toLogged(row);
  }

  /** Undoable edits after `id` that are done and touched anything but segments. */
  *laterOfOthers(id: number): Generator<LoggedEdit> {
    for (const row of this.#laterOfOthers.iterate(id)) yield toLogged(row);
  }

  /** The last edit that touched a segment and is not undone; null for none. */
  lastOfSegment(segmentId: number): LoggedEdit | null {
    const row = this.#lastOfSegment.get(segmentId);
    return row === undefined ? null : toLogged(row);
  }

  setStanding(id: number, standing: EditStanding): void {
    this.#setStanding.run(standing, id);
  }

  /**
   * A new edit takes the place of those that were undone, of that person where one is given: they stay in the log and can
   * no longer be redone.
   */
  discardUndone(person: string | null): void {
    if (person === null) this.#discardUndone.run();
    else this.#discardUndoneOf.run(person);
  }

  /**
   * Drops the records of model runs that led to these segments and of whose segments none is left, but for the last few:
   * proposals that were replaced before anybody looked would otherwise fill the log, and a page on a busy machine may
   * still show those of a moment ago. Nothing undoable is ever dropped, nor what leads back to a restore point.
   */
  forgetRuns(segmentIds: readonly number[]): void {
    const known = new Set<number>();
    let segments = segmentIds;
    let runs: number[] = [];
    // Level by level, each run once: the same few hundred segments are in one run after another.
    for (let level = 0; level <= runsKept && segments.length > 0; level += 1) {
      runs = this.#runsOf.all(JSON.stringify(segments)).filter((id) => !known.has(id));
      for (const id of runs) known.add(id);
      if (level < runsKept) segments = this.#segmentsOf.all(JSON.stringify(runs));
    }
    if (runs.length > 0) this.#forgetRuns.run(JSON.stringify(runs));
  }

  /** The proposal of this id that a model run was the last to take away, as it was; null for any other. */
  replacedProposal(segmentId: number): Segment | null {
    const row = this.#lastRunOf.get(segmentId);
    if (row === undefined) return null;
    const gone = toLogged(row).edit.segments.find(({ before, after }) => after === null && before?.id === segmentId);
    return gone?.before ?? null;
  }

  /** Newest first; of one segment where `segmentId` is given. */
  headings(segmentId: number | null, limit: number): EditHeading[] {
    const rows = segmentId === null ? this.#headings.all(limit) : this.#headingsOfSegment.all(segmentId, limit);
    return rows.map(({ said, ...row }) => ({ ...row, label: toldIn(row.label, said) }));
  }
}
