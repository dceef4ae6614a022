import type { Editor } from '#preload/domain/editor.ts';
import { allOf } from '#preload/domain/said-lists.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { ConflictRow } from '#preload/domain/seen.ts';
import { sameRow } from './edit-value.ts';
import { gatherAttributes } from './row-fields.ts';
import type { RecentWrites, RowKey } from './recent-writes.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A list is compared by what is in it; a value that a row does not have is null to who looks. */
const isSame = (a: unknown, b: unknown): boolean => a === b || sameRow(a ?? null, b ?? null);

/** The parts of a wish that hold over what others did since the person looked, and those that contradict it. */
export interface Reconciled<Wish> {
  readonly wish: Wish;
  readonly contested: readonly (keyof Wish & string)[];
}

/**
 * Three-way: `seen` is what the person had before them, `wish` what they ask for, `now` what is there. A field that they
 * asked to be as they saw it was not meant (a drag of the end sends both edges): what others made of it stays. A field
 * that both changed to different values is contested. What `isOwn` was changed by the person's own window, which may not
 * have heard of it yet. Fields of which `seen` says nothing are taken as asked. Pure.
 */
export function reconcile<Wish extends object>(
  now: object,
  seen: object,
  wish: Wish,
  isOwn: (field: string) => boolean,
): Reconciled<Wish> {
  const [is, was, asked] = [now, seen, wish] as [Fields, Fields, Fields];
  const kept: Record<string, unknown> = {};
  const contested: (keyof Wish & string)[] = [];
  for (const [field, value] of Object.entries(asked) as [keyof Wish & string, unknown][]) {
    if (value === undefined) continue;
    const others = was[field] !== undefined && !isSame(was[field], is[field]) && !isOwn(field);
    if (!others || isSame(value, is[field])) kept[field] = value;
    else if (!isSame(value, was[field])) contested.push(field);
  }
  return { wish: kept as Wish, contested };
}

/** Of the fields that were seen, those that others have changed since. Pure. */
export const changedSince = (now: object, seen: object, isOwn: (field: string) => boolean): string[] =>
  Object.entries(seen).flatMap(([field, value]) =>
    value !== undefined && !isSame(value, (now as Fields)[field]) && !isOwn(field) ? field : [],
  );

/** Gathers what an edit would overwrite, so that it is refused once with all of it. */
export class Conflicts {
  readonly #writes: RecentWrites;
  readonly #editor: Editor;
  readonly #rows: ConflictRow[] = [];

  constructor(writes: RecentWrites, editor: Editor) {
    this.#writes = writes;
    this.#editor = editor;
  }

  isOwn(key: RowKey): (field: string) => boolean {
    return (field) => this.#writes.isOwn(key, field, this.#editor);
  }

  /** Notes contested fields of a row, as it is now; `signed`: whose name it bears. None is no conflict. */
  add(
    kind: ConflictRow['kind'],
    key: RowKey,
    id: number,
    now: object,
    fields: readonly string[],
    signed?: string,
  ): void {
    if (fields.length === 0) return;
    const values = Object.fromEntries(fields.map((field) => [field, (now as Fields)[field]]));
    const by = this.#writes.by(key, fields) ?? signed ?? null;
    this.#rows.push({ kind, id, by, now: gatherAttributes(values) });
  }

  /** Notes a row that is gone. */
  addGone(kind: ConflictRow['kind'], key: RowKey, id: number): void {
    this.#rows.push({ kind, id, by: this.#writes.by(key, ['presence', 'removed']), now: null });
  }

  /** Fails with `conflict` where anything was noted. */
  refuse(what: Saying): void {
    const [first] = this.#rows;
    if (first === undefined) return;
    const names = [...new Set(this.#rows.map(({ by }) => by))].map((by) => by ?? say('Somebody else'));
    throw new Failure(
      'conflict',
      this.#rows.every(({ now }) => now === null)
        ? say('{{who}} removed {{what}} meanwhile: nothing was overwritten.', { who: allOf(names), what })
        : say('{{who}} changed {{what}} meanwhile: nothing was overwritten.', { who: allOf(names), what }),
      { rows: this.#rows },
    );
  }
}
