import { isSameEditor, type Editor } from '#preload/domain/editor.ts';
import type { Edit, RowChange } from '#preload/domain/edit.ts';
import { sameRow } from './edit-value.ts';
import { classFields, segmentFields, type RowFields } from './row-fields.ts';

/** Rows whose writers are remembered; beyond, the oldest are forgotten. */
const mostRows = 20_000;

/** Of an edit of more segments nobody is remembered: no hand makes a second one before its window has heard of it. */
const mostOfOneEdit = 2_000;

interface Write {
  readonly editor: Editor;
  readonly name: string | null;
}

export type RowKey = `segment ${number}` | `class ${number}` | `review ${number} ${number}` | `attribute ${number}`;

/**
 * Who last changed which field of which row, since the project was opened. A window that sends two edits of one field
 * quickly has not heard of its first when it sends the second: what it finds changed by itself is no conflict.
 */
export class RecentWrites {
  readonly #ofRow = new Map<RowKey, Map<string, Write>>();

  /** Of an edit that is stored; `name` is the person's, as edits are signed. */
  note(edit: Edit, editor: Editor, name: string): void {
    const write = { editor, name: name === '' ? null : name };
    if (edit.segments.length <= mostOfOneEdit)
      for (const change of edit.segments) this.#note(`segment ${idOf(change)}`, fieldsIn(change, segmentFields), write);
    for (const change of edit.classes) this.#note(`class ${idOf(change)}`, fieldsIn(change, classFields), write);
    for (const change of edit.attributes) this.#note(`attribute ${idOf(change)}`, change, write);
    for (const change of edit.reviews) {
      const { videoId, classId } = (change.after ?? change.before)!;
      this.#note(`review ${videoId} ${classId}`, change, write);
    }
    let tooMany = this.#ofRow.size - mostRows;
    for (const key of this.#ofRow.keys()) {
      if (tooMany-- <= 0) break;
      this.#ofRow.delete(key);
    }
  }

  /** Notes for a window what it asked for where that was so already. */
  claim(key: RowKey, now: object, wish: object, editor: Editor): void {
    const writes = this.#ofRow.get(key) ?? new Map<string, Write>();
    for (const [field, value] of Object.entries(wish))
      if (sameRow(value ?? null, (now as Record<string, unknown>)[field] ?? null))
        writes.set(field, { editor, name: writes.get(field)?.name ?? null });
    if (writes.size > 0) this.#ofRow.set(key, writes);
  }

  /** Whether this very window was the last to change it. `presence` is whether the row is there. */
  isOwn(key: RowKey, field: string, editor: Editor): boolean {
    const write = this.#ofRow.get(key)?.get(field);
    return write !== undefined && isSameEditor(write.editor, editor);
  }

  /** The name of who was the last to change one of these fields; null where nobody said, or it was too long ago. */
  by(key: RowKey, fields: readonly string[]): string | null {
    const writes = this.#ofRow.get(key);
    return fields.map((field) => writes?.get(field)?.name ?? null).find((name) => name !== null) ?? null;
  }

  #note(key: RowKey, { before, after }: RowChange<object>, write: Write): void {
    const writes = this.#ofRow.get(key) ?? new Map<string, Write>();
    // The latest changed stand last, and are forgotten last.
    this.#ofRow.delete(key);
    this.#ofRow.set(key, writes);
    if (before === null || after === null) writes.set('presence', write);
    const [was, is] = [before ?? {}, after ?? {}] as Record<string, unknown>[];
    for (const field of new Set([...Object.keys(was!), ...Object.keys(is!)]))
      if (!sameRow(was![field] ?? null, is![field] ?? null)) writes.set(field, write);
  }
}

const fieldsIn = <Row>({ before, after }: RowChange<Row>, fieldsOf: (row: Row) => RowFields): RowChange<RowFields> => ({
  before: before && fieldsOf(before),
  after: after && fieldsOf(after),
});

const idOf = ({ before, after }: RowChange<{ readonly id: number }>): number => (after ?? before)!.id;
