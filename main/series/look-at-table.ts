import { closeSync, openSync, readSync } from 'node:fs';
import type { ColumnLook, TableLook } from '#preload/contract/recordings.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { mostColumns, type RecordingReading } from '#preload/domain/recording.ts';
import { guessReading, rowsAt } from './guess-reading.ts';
import { readNumber, timeReader } from './read-cells.ts';
import { tableLetters } from './table-rows.ts';

/** Of the file so much is looked at. */
const headBytes = 1 << 19;
const shownRows = 6;
/** So long a cell is shown. */
const mostLetters = 60;

/**
 * What a table holds by its first rows, read as `given`, or as is most likely. `videoUs` is the video's length.
 * Fails with `bad-input` for what is no table, and as reading the file does.
 */
export function lookAtTable(path: string, given: RecordingReading | null, videoUs: number): TableLook {
  const head = headOf(path);
  if (head.trim() === '') throw new Failure('bad-input', say('{{path}} is empty.', { path }), { path });
  if (head.includes('\0'))
    throw new Failure('bad-input', say('{{path}} is no table of text: export it as CSV.', { path }), { path });
  const reading = given ?? guessReading(head, videoUs);
  const all = rowsAt(head, reading.delimiter, reading.skipLines);
  const rows = reading.header ? all.slice(1) : all;
  const width = all.reduce((most, row) => Math.max(most, row.length), 0);
  if (rows.length === 0)
    throw new Failure('bad-input', say('{{path}} has no rows below its first line.', { path }), { path });
  if (width > mostColumns)
    throw new Failure(
      'bad-input',
      say('{{path}} has {{width}} columns: at most {{mostColumns}} are read.', { path, width, mostColumns }),
      { path },
    );
  const heads = reading.header ? all[0]! : [];
  const read = timeReader(reading);
  const times = rows.map((row, index) => read(row, index));
  const known = times.filter((us) => us !== null);
  return {
    reading,
    columns: Array.from({ length: width }, (_, column) => ({
      name: shortened(heads[column] ?? '') || `Column ${column + 1}`,
      ...lookOf(
        rows.map((row) => row[column] ?? ''),
        reading,
      ),
    })),
    rows: rows.slice(0, shownRows).map((row, index) => ({
      timeUs: rounded(times[index]!),
      cells: row.slice(0, mostShownCells).map(shortened),
    })),
    firstUs: known[0] ?? null,
    stepUs: middleStep(known),
    timeFault: timeFault(times, rows, reading, heads),
  };
}

const rounded = (us: number | null): number | null => (us === null ? null : Math.round(us));

const mostShownCells = 12;

const shortened = (cell: string): string => {
  const text = cell.trim();
  return text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text;
};

/** The first lines, whole ones. Fails with `bad-input` where their letters cannot be told. */
function headOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(headBytes);
    const count = readSync(file, bytes);
    if (count === 0) return '';
    if (count < headBytes) return tableLetters(bytes.subarray(0, count), path);
    // The last line is cut somewhere; in UTF-16 a line break is of two bytes, of which the last may be missing.
    const whole = bytes.lastIndexOf(lineFeed) + 1;
    if (whole === 0)
      throw new Failure('bad-input', say('The first line of {{path}} is longer than any table has.', { path }), {
        path,
      });
    return tableLetters(bytes.subarray(0, whole % 2 === 1 && bytes[whole] === 0 ? whole + 1 : whole), path);
  } finally {
    closeSync(file);
  }
}

const lineFeed = 10;

/** What a column holds, as far as it is seen. */
function lookOf(cells: readonly string[], { decimal }: RecordingReading): Pick<ColumnLook, 'kind' | 'example'> {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const example = shortened(filled[0] ?? '');
  if (filled.length === 0) return { kind: 'empty', example };
  const values = filled.map((cell) => readNumber(cell, decimal));
  const numbers = values.filter((value) => value !== null && !Number.isNaN(value));
  if (numbers.length * 2 <= values.filter((value) => !Number.isNaN(value)).length) return { kind: 'text', example };
  if (numbers.length === 0) return { kind: 'empty', example };
  return {
    kind: numbers.length > 1 && numbers.every((value) => value === numbers[0]) ? 'constant' : 'number',
    example,
  };
}

/** The time from row to row, as most rows have it; null for a single row. */
export function middleStep(times: readonly number[] | Float64Array): number | null {
  const steps = Array.from({ length: Math.max(0, times.length - 1) }, (_, index) => times[index + 1]! - times[index]!)
    .filter((step) => step > 0)
    .sort((a, b) => a - b);
  return steps.length === 0 ? null : steps[steps.length >> 1]!;
}

function timeFault(
  times: readonly (number | null)[],
  rows: readonly (readonly string[])[],
  { time }: RecordingReading,
  heads: readonly string[],
): Saying | null {
  const bad = times.findIndex((us) => us === null);
  const known = times.filter((us) => us !== null);
  const name = heads[time.column ?? 0]?.trim() || say('column {{column}}', { column: (time.column ?? 0) + 1 });
  if (known.length * 2 < times.length)
    return say('“{{name}}” has no times of this kind: row {{row}} says “{{cell}}”.', {
      name,
      row: bad + 1,
      cell: shortened(rows[bad]![time.column ?? 0] ?? ''),
    });
  if (known.length > 1 && known.every((us) => us === known[0]))
    return say('All times in “{{name}}” are the same.', { name });
  return null;
}
