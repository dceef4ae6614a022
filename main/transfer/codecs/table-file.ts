import { say, type SaidValue } from '#preload/domain/saying.ts';
import { CsvError, parse } from 'csv-parse/sync';
import type { TableStart } from '../table-pieces.ts';
import { unreadableAnnotations } from './json-file.ts';

export interface TableRecord {
  readonly cells: readonly string[];
  /** Of the file, from 1. */
  readonly line: number;
  /** From 1 after the header, or after what stands before in a file without one. */
  readonly row: number;
}

export interface TextTable {
  /** Names of the columns, in lower case. */
  readonly keys: readonly string[];
  /** The same as the file writes them. */
  readonly heads: readonly string[];
  readonly records: readonly TableRecord[];
  readonly delimiter: string;
}

const delimiters = [',', ';', '\t'] as const;

/**
 * The cells of a table with a header line, parted by commas, semicolons or tabs, whichever gives the columns that are
 * needed. `start` is what stands before a piece of a table. Fails with `unreadable-annotations` where one of them is missing, or quotes do not close.
 */
export function readTable(
  text: string,
  file: string,
  format: SaidValue,
  needed: readonly string[],
  start: TableStart = { lines: 0, rows: 0 },
): TextTable {
  // The first line by which Excel tells its separator.
  const body = text.replace(/^\uFEFF/, '').replace(/^sep=.\r?\n/i, '');
  const firstLine = /[^\r\n]*/u.exec(body.trimStart())![0];
  const headers = delimiters.map((delimiter) => {
    const heads = headsOf(firstLine, delimiter);
    return { delimiter, heads, keys: heads.map((head) => head.toLowerCase()) };
  });
  const missingOf = ({ keys }: { readonly keys: readonly string[] }) => needed.filter((key) => !keys.includes(key));
  const best = headers.reduce((a, b) => (missingOf(b).length < missingOf(a).length ? b : a));
  const [missing] = missingOf(best);
  if (missing !== undefined) {
    const has = best.keys.filter((key) => key !== '').join(', ');
    throw unreadableAnnotations(
      file,
      format,
      has === ''
        ? say('row 1, {{missing}}: the first line names no such column; it names none', { missing })
        : say('row 1, {{missing}}: the first line names no such column; it names {{has}}', { missing, has }),
    );
  }
  const records = recordsOf(body, best.delimiter, file, format).slice(1);
  return {
    ...best,
    records: records.map(({ cells, line, row }) => ({ cells, line: line + start.lines, row: row - 1 + start.rows })),
  };
}

function headsOf(line: string, delimiter: string): string[] {
  try {
    const [cells] = parse(line, { delimiter, relax_quotes: true });
    return (cells ?? []).map((cell) => cell.trim());
  } catch {
    return [];
  }
}

/**
 * Records of any length: whether one is too long is for the reader of the row to say.
 * Fails with `unreadable-annotations` where quotes do not close.
 */
export function recordsOf(text: string, delimiter: string, file: string, format: SaidValue): TableRecord[] {
  try {
    const rows = parse(text.replace(/^\uFEFF/, ''), {
      delimiter,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as { readonly record: string[]; readonly info: { readonly lines: number } }[];
    return rows.map(({ record, info }, index) => ({ cells: record, line: info.lines, row: index + 1 }));
  } catch (error) {
    throw unreadableAnnotations(
      file,
      format,
      error instanceof CsvError ? error.message.replace(/\.$/, '') : String(error),
    );
  }
}
