import { readFileSync, statSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { RecordingReading } from '#preload/domain/recording.ts';
import { decodeText, utf8Chunks } from '../transfer/decode-text.ts';
import { tablePieces } from '../transfer/table-pieces.ts';

/** Of another encoding than UTF-8 a file is read whole. */
const mostOtherBytes = 256 * 1024 * 1024;

/** The text of a table in pieces, whatever its encoding. Fails with `bad-input` where that cannot be told. */
export function* tableText(path: string): Generator<string> {
  const chunks = utf8Chunks(path);
  if (chunks !== null) return yield* chunks;
  if (statSync(path).size > mostOtherBytes)
    throw new Failure(
      'bad-input',
      say('{{path}} is large and not in UTF-8: save it as UTF-8 and add it again.', { path }),
      { path },
    );
  yield tableLetters(readFileSync(path), path);
}

/** The letters of a table or of its beginning. Fails with `bad-input` where their encoding cannot be told. */
export function tableLetters(bytes: Uint8Array, path: string): string {
  try {
    return decodeText(bytes, path).text;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure('bad-input', say('{{path}} is no table of text: export it as CSV in UTF-8.', { path }), { path });
  }
}

/** The text after so many lines. */
export function* afterLines(chunks: Iterable<string>, lines: number): Generator<string> {
  let left = lines;
  for (let chunk of chunks) {
    for (; left > 0; left -= 1) {
      const end = chunk.indexOf('\n');
      if (end < 0) break;
      chunk = chunk.slice(end + 1);
    }
    if (left === 0) yield chunk;
  }
}

/** Cells of a text as they are, the widths of rows as they come. Fails as `csv-parse` does. */
export const cellsOf = (text: string, delimiter: string, most?: number): string[][] =>
  parse(text, {
    delimiter,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
    // Columns that are lined up by several blanks.
    ...(delimiter === ' ' && { trim: true, ignore_last_delimiters: false }),
    ...(most !== undefined && { to: most }),
  }).map((cells) => (delimiter === ' ' ? cells.filter((cell) => cell !== '') : cells));

/**
 * The rows of a table without its header, some thousand at a time, however long it is. `share` is how much of the text
 * came before, in letters. Fails with `bad-input` where a quote does not close.
 */
export function* tableRows(
  path: string,
  { delimiter, skipLines, header }: Pick<RecordingReading, 'delimiter' | 'skipLines' | 'header'>,
): Generator<{ readonly rows: readonly string[][]; readonly letters: number }> {
  let letters = 0;
  let isFirst = true;
  for (const { text } of tablePieces(afterLines(tableText(path), skipLines))) {
    letters += text.length;
    yield { rows: rowsOf(text, delimiter, path).slice(isFirst && !header ? 0 : 1), letters };
    isFirst = false;
  }
}

function rowsOf(text: string, delimiter: string, path: string): string[][] {
  try {
    return cellsOf(text, delimiter);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Failure(
      'bad-input',
      say('{{path}} is not a table that can be read: {{reason}}.', { path, reason: error.message.replace(/\.$/u, '') }),
      {
        path,
      },
    );
  }
}
