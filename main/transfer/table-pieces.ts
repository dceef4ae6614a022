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

/** Some thousand rows, in letters. */
const pieceLength = 1 << 16;

const [lineFeed, carriageReturn, quote] = ['\n', '\r', '"'].map((letter) => letter.charCodeAt(0));

/**
 * Cuts a table with a header line into pieces of whole rows, each with the header; a quoted cell may hold line breaks.
 * Of `chunks`, its text from the first letter on, no more is kept than a piece.
 */
export function* tablePieces(chunks: Iterable<string>, length = pieceLength): Generator<TablePiece> {
  let isQuoted = false;
  let [text, at, lineAt, lines, rows] = ['', 0, 0, 0, 0];
  let header: string | null = null;
  let start: TableStart = { lines: 0, rows: 0 };
  for (const chunk of chunks) {
    text += chunk;
    for (; at < text.length; at += 1) {
      const letter = text.charCodeAt(at);
      if (letter === quote) isQuoted = !isQuoted;
      if (letter !== lineFeed) continue;
      lines += 1;
      if (isQuoted) continue;
      const isEmpty = at === lineAt || (at === lineAt + 1 && text.charCodeAt(lineAt) === carriageReturn);
      if (header !== null) {
        if (!isEmpty) rows += 1;
      } else if (!isEmpty && !/^\uFEFF?sep=.\r?$/iu.test(text.slice(lineAt, at))) {
        header = text.slice(0, at + 1);
        [text, at, lines] = [text.slice(at + 1), -1, 0];
      }
      lineAt = at + 1;
      if (header === null || lineAt < length) continue;
      yield { text: header + text.slice(0, lineAt), start };
      start = { lines, rows };
      [text, at, lineAt] = [text.slice(lineAt), -1, 0];
    }
  }
  yield { text: (header ?? '') + text, start };
}
