/** Of a table that is read piece by piece: what stands before a piece. */
export interface TableStart {
  /** Lines of the file, less those of the header. */
  readonly lines: number;
  readonly rows: number;
}

export interface TablePiece {
  /** With the header line before it. */
  readonly text: string;
  readonly start: TableStart;
}

/** Some ten thousand rows, in letters. */
const pieceLength = 1 << 20;

const [lineFeed, carriageReturn, quote] = ['\n', '\r', '"'].map((letter) => letter.charCodeAt(0));

/**
 * Cuts a table with a header line into pieces of whole rows, each with the header; a quoted cell may hold line breaks.
 * Null for one that is short enough to be read at once.
 */
export function tablePieces(text: string, length = pieceLength): Generator<TablePiece> | null {
  return text.length < 2 * length ? null : cut(text, length);
}

function* cut(text: string, length: number): Generator<TablePiece> {
  let isQuoted = false;
  let [lineAt, lines, rows] = [0, 0, 0];
  let header: string | null = null;
  let from = { at: 0, lines: 0, rows: 0 };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === quote) isQuoted = !isQuoted;
    if (letter !== lineFeed) continue;
    lines += 1;
    if (isQuoted) continue;
    const isEmpty = at === lineAt || (at === lineAt + 1 && text.charCodeAt(lineAt) === carriageReturn);
    const isHeader = header === null && !isEmpty && !/^\uFEFF?sep=.\r?$/iu.test(text.slice(lineAt, at));
    lineAt = at + 1;
    if (isHeader) {
      header = text.slice(0, lineAt);
      from = { at: lineAt, lines: 0, rows: 0 };
      lines = 0;
    } else if (header !== null && !isEmpty) rows += 1;
    if (header === null || lineAt - from.at < length) continue;
    yield { text: header + text.slice(from.at, lineAt), start: { lines: from.lines, rows: from.rows } };
    from = { at: lineAt, lines, rows };
  }
  yield { text: (header ?? '') + text.slice(from.at), start: { lines: from.lines, rows: from.rows } };
}
