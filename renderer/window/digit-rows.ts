/** Rows of the key map that stand for ten, with what is held beside the digit. */
export const digitRows: ReadonlyMap<string, string> = new Map([
  ['classes.digit-1', ''],
  ['segments.paint-1', ''],
  ['segments.toggle-1', 'Shift+'],
]);

/** Whether the row of a command is also that of another, as the row of one digit is of all. */
export const standsFor = (rowId: string, commandId: string): boolean =>
  rowId === commandId || (digitRows.has(rowId) && commandId.replace(/\d$/, '1') === rowId);
