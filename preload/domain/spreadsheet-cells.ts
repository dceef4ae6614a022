/** A spreadsheet runs a cell that begins so as a formula; a quote before it keeps it text. */
const formula = /^'*[=+\-@\t\r]/u;

/** Text as it is safe in a cell. The quote is put before quotes as well, so that reading gives every text back. */
export const formulaCell = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** The text of such a cell. */
export const plainCell = (cell: string): string =>
  cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
