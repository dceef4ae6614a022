import { rowKinds } from '#preload/domain/edit.ts';
import type { Edit, RowChange, RowChanges } from '#preload/domain/edit.ts';
import type { Told } from '#preload/domain/saying.ts';

export type EditRows = Partial<RowChanges>;

/** An edit that a person made and can undo. Rows that stay as they are are left out. */
export const userEdit = (label: Told, rows: EditRows): Edit => editOf(label, 'user', 'undoable', rows);

/** An edit from its row changes; rows that stay as they are are left out. */
export function editOf(label: Told, source: Edit['source'], record: Edit['record'], rows: EditRows): Edit {
  return {
    label,
    source,
    record,
    segments: changed(rows.segments ?? []),
    classes: changed(rows.classes ?? []),
    reviews: changed(rows.reviews ?? []),
    videos: changed(rows.videos ?? []),
    splits: changed(rows.splits ?? []),
    attributes: changed(rows.attributes ?? []),
    recordings: changed(rows.recordings ?? []),
  };
}

/** Whether an edit leaves everything as it is: such a one is not logged. */
export const isEmptyEdit = (edit: Edit): boolean => rowKinds.every((kind) => edit[kind].length === 0);

/** Whether two rows hold the same values. Rows are plain data whose fields keep one order. */
export const sameRow = (a: unknown, b: unknown): boolean =>
  a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));

function changed<Row>(changes: readonly RowChange<Row>[]): { before: Row | null; after: Row | null }[] {
  return changes.filter((change) => !sameRow(change.before, change.after));
}
