import { isDeepStrictEqual } from 'node:util';
import { setImmediate } from 'node:timers/promises';
import { invertEdit, keyedChanges, rowKinds, type RowChanges, type RowKind, type RowOf } from '#preload/domain/edit.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import type { StoredRestorePoint } from '../database/restore-points-table.ts';
import type { Turn } from '../database/turns-table.ts';

/** A row that was touched since: what names it, and what it was then. */
interface Touched<Row> {
  readonly like: Row;
  readonly was: Row | null;
}

type TouchedRows = { readonly [Of in RowKind]: Map<string | number, Touched<RowOf<Of>>> };

/** A place in the log. */
interface Place {
  readonly editId: number;
  readonly turnId: number;
}

/**
 * The rows that were touched since a restore point, as they were at it: the log read backwards, each edit, undo and redo
 * taken back in turn. Rows that nothing has touched since are as they are.
 */
export class RowsThen {
  readonly #rows: TouchedRows = newRows();
  readonly #nextSegmentId: number;
  #upTo: Place;

  private constructor(nextSegmentId: number, upTo: Place) {
    this.#nextSegmentId = nextSegmentId;
    this.#upTo = upTo;
  }

  /** Reads page by page, so that others are answered meanwhile. */
  static async since(database: ProjectDatabase, point: StoredRestorePoint): Promise<RowsThen> {
    const then = new RowsThen(point.nextSegmentId, endOf(database));
    for (const _ of stepsBack(database, point, then.#upTo, then.#rows)) await setImmediate();
    return then;
  }

  /** Takes in what was edited while it was read. Call inside the transaction that uses it. */
  catchUp(database: ProjectDatabase): void {
    const newer = newRows();
    const end = endOf(database);
    for (const _ of stepsBack(database, this.#upTo, end, newer));
    // What was touched before that as well is known from then.
    for (const kind of rowKinds) keepFirst(this.#rows[kind], newer[kind]);
    this.#upTo = end;
  }

  /** What going back changes: rows from what they are to what they were. Rows that came to be the same again are left out. */
  changes(database: ProjectDatabase): RowChanges {
    const { attributes, classes, recordings, reviews, segments, videos } = database;
    const of = <Of extends RowKind>(kind: Of, now: (like: RowOf<Of>) => RowOf<Of> | null): RowChanges[Of] =>
      [...(this.#rows[kind] as Map<unknown, Touched<RowOf<Of>>>).values()].flatMap(({ like, was }) => {
        const before = now(like);
        // Of the model runs that made and moved a later segment some may be forgotten: its identifier says that it is later.
        const after = kind === 'segments' && (like as RowOf<'segments'>).id >= this.#nextSegmentId ? null : was;
        return isDeepStrictEqual(before, after) ? [] : { before, after };
      }) as unknown as RowChanges[Of];
    return {
      segments: of('segments', ({ id }) => segments.get(id)),
      classes: of('classes', ({ id }) => classes.get(id)),
      reviews: of('reviews', ({ videoId, classId }) => reviews.get(videoId, classId)),
      videos: of('videos', ({ id }) => ({ id, removed: videos.get(id)!.removed })),
      splits: of('splits', ({ videoId }) => {
        const split = videos.get(videoId)?.split ?? null;
        return split === null ? null : { videoId, split };
      }),
      attributes: of('attributes', ({ id }) => attributes.get(id)),
      recordings: of('recordings', ({ id }) => recordings.get(id)),
    };
  }
}

const newRows = (): TouchedRows => ({
  segments: new Map(),
  classes: new Map(),
  reviews: new Map(),
  videos: new Map(),
  splits: new Map(),
  attributes: new Map(),
  recordings: new Map(),
});

const endOf = ({ edits, turns }: ProjectDatabase): Place => ({ editId: edits.lastId(), turnId: turns.lastId() });

/** Goes back from `to` to `from` and notes in `rows` what each touched row was; yields between pages. */
function* stepsBack(database: ProjectDatabase, from: Place, to: Place, rows: TouchedRows): Generator<void> {
  const turns = database.turns.since(from.turnId).filter(({ id }) => id <= to.turnId);
  const made = new Map(turns.flatMap((turn) => (turn.direction === 'made' ? [[turn.editId, turn] as const] : [])));
  const turned = turns.filter(({ direction }) => direction !== 'made');
  let next = 0;
  /** Undoes and redoes that happened after this edit was the last. */
  const takeTurnsAfter = (editId: number): void => {
    for (; next < turned.length && turned[next]!.afterEditId >= editId; next += 1)
      note(rows, changesOfTurn(database, turned[next]!));
  };
  let upTo = to.editId;
  for (;;) {
    const page = database.edits.between(from.editId, upTo);
    for (const { id, edit } of page) {
      takeTurnsAfter(id);
      note(rows, { ...edit, segments: made.get(id)?.segments ?? edit.segments });
      upTo = id - 1;
    }
    if (page.length === 0) break;
    yield;
  }
  takeTurnsAfter(0);
}

function changesOfTurn({ edits }: ProjectDatabase, { editId, direction, segments }: Turn): RowChanges {
  const { edit } = edits.get(editId)!;
  const change = direction === 'undone' ? invertEdit(edit) : edit;
  return segments === null ? change : { ...change, segments };
}

/** Later notes are of earlier changes, and hold. */
function note(rows: TouchedRows, changes: RowChanges): void {
  for (const kind of rowKinds) {
    const known: Map<string | number, unknown> = rows[kind];
    for (const { key, before, after } of keyedChanges(changes, kind).toReversed())
      known.set(key, { like: before ?? after, was: before });
  }
}

function keepFirst(first: Map<string | number, unknown>, others: ReadonlyMap<string | number, unknown>): void {
  for (const [key, row] of others) if (!first.has(key)) first.set(key, row);
}
