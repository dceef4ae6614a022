import { mostColumns, type RecordingReading, type TimeUnit } from '#preload/domain/recording.ts';
import { readClock, readDate, readNumber, timeReader } from './read-cells.ts';
import { cellsOf } from './table-rows.ts';

/** Rows that are looked at. */
const looked = 400;
/** What is taken where nothing tells how many samples a second there are. */
const unknownRateHz = 100;

/** How a table is most likely laid out, by its first lines; `videoUs`, the length of the video, tells units apart. */
export function guessReading(head: string, videoUs: number): RecordingReading {
  const { delimiter, skipLines } = guessLayout(head);
  const rows = rowsAt(head, delimiter, skipLines);
  const decimal = guessDecimal(delimiter, rows.slice(1).flat());
  const header = rows.length > 0 && !rows[0]!.some((cell) => isValue(cell, decimal));
  const body = header ? rows.slice(1) : rows;
  const names = header ? rows[0]! : [];
  const time = guessTime(names, body, decimal, videoUs);
  return { delimiter, decimal, skipLines, header, time };
}

/** Cells of the first rows from a line on; a last line that is cut is left out by whoever cuts. */
export function rowsAt(head: string, delimiter: string, skipLines: number): string[][] {
  const lines = head.split('\n').slice(skipLines).join('\n');
  try {
    return cellsOf(lines, delimiter, looked);
  } catch {
    return [];
  }
}

const isRemark = (line: string): boolean => /^\s*(?:#|\/\/|%|sep=.\s*$)/iu.test(line);

/** The delimiter that cuts most lines into equally many cells, and how many lines come before those. */
function guessLayout(head: string): Pick<RecordingReading, 'delimiter' | 'skipLines'> {
  const lines = head.split('\n').slice(0, looked);
  const said = /^sep=(.)\s*$/iu.exec(lines[0] ?? '')?.[1];
  const layouts = ([',', ';', '\t', '|', ' '] as const).map((delimiter) => {
    const widths = lines.map((line) => (isRemark(line) || line.trim() === '' ? 0 : widthOf(line, delimiter)));
    const counts = Map.groupBy(
      widths.filter((width) => width > 1),
      (width) => width,
    );
    const [width, same] = [...counts].reduce(
      (best, [each, all]) => (all.length > best[1] ? ([each, all.length] as const) : best),
      [1, 0] as readonly [number, number],
    );
    return { delimiter, width, same: delimiter === said ? Infinity : same, widths };
  });
  const best = layouts.reduce((a, b) => (b.same > a.same || (b.same === a.same && b.width > a.width) ? b : a));
  // A single column is parted by nothing.
  if (best.same === 0)
    return {
      delimiter: ',',
      skipLines: firstLine(
        lines.map((line) => (isRemark(line) ? 0 : 1)),
        1,
      ),
    };
  return { delimiter: best.delimiter, skipLines: firstLine(best.widths, best.width) };
}

const firstLine = (widths: readonly number[], width: number): number => Math.max(0, widths.indexOf(width));

function widthOf(line: string, delimiter: string): number {
  try {
    return cellsOf(line, delimiter)[0]?.length ?? 0;
  } catch {
    return 0;
  }
}

/** A comma where numbers are written with it and none with a point. */
function guessDecimal(delimiter: string, cells: readonly string[]): '.' | ',' {
  const commas = cells.filter((cell) => /^\s*[+-]?\d+,\d+(?:e[+-]?\d+)?\s*$/iu.test(cell));
  if (commas.length === 0 || cells.some((cell) => /^\s*[+-]?\d+\.\d+(?:e[+-]?\d+)?\s*$/iu.test(cell))) return '.';
  return delimiter === ',' && commas.every((cell) => /,\d{3}$/u.test(cell)) ? '.' : ',';
}

const isValue = (cell: string, decimal: '.' | ','): boolean => {
  const number = readNumber(cell, decimal);
  return (number !== null && !Number.isNaN(number)) || readDate(cell) !== null || readClock(cell) !== null;
};

/** Names of columns of times, the surest first. */
const timeNames = [
  /^(?:time|t|timestamp|datetime|date[ _-]?time|zeit|temps)$/iu,
  /time|stamp|epoch|datum|date|clock|zeit/iu,
  /^(?:s|sec|secs|seconds|ms|millis|milliseconds|us|ns)$/iu,
  /^(?:sample|samples|index|idx|n|frame|row|#|id)?$/iu,
] as const;
const countNames = timeNames[3];

function guessTime(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  decimal: '.' | ',',
  videoUs: number,
): RecordingReading['time'] {
  const width = Math.min(
    mostColumns,
    rows.reduce((most, row) => Math.max(most, row.length), 0),
  );
  const plain = Array.from({ length: width }, (_, column) =>
    (names[column] ?? '').replace(/[([].*?[)\]]/gu, '').trim(),
  );
  const rank = (column: number): number => {
    const found = timeNames.findIndex((name) => name.test(plain[column]!) && plain[column] !== '');
    return found < 0 ? timeNames.length : found;
  };
  const columns = Array.from({ length: width }, (_, column) => column).sort((a, b) => rank(a) - rank(b) || a - b);
  for (const column of columns) {
    const cells = rows.map((row) => row[column] ?? '').filter((cell) => cell.trim() !== '');
    const unit = guessUnit(names[column] ?? '', cells, decimal, videoUs);
    if (unit === null) continue;
    const time = { column, unit, rateHz: unknownRateHz };
    if (advances(rows, { delimiter: ',', decimal, skipLines: 0, header: false, time }, rank(column))) return time;
  }
  return { column: null, unit: 'samples', rateHz: unknownRateHz };
}

/** Whether times go on from row to row; where the name says that they are times, a few may go back. */
function advances(rows: readonly (readonly string[])[], reading: RecordingReading, rank: number): boolean {
  const read = timeReader(reading);
  const times = rows.flatMap((row, index) => read(row, index) ?? []);
  if (times.length < Math.max(1, rows.length / 2)) return false;
  const back = times.filter((us, index) => index > 0 && us < times[index - 1]!).length;
  const on = times.filter((us, index) => index > 0 && us > times[index - 1]!).length;
  if (times.length === 1) return rank < timeNames.length;
  return rank < timeNames.length - 1 ? on > back : on === times.length - 1;
}

/** Units as names of columns say them: `time_ms`, `Time (s)`, `timestamp [ns]`, `t/us`. */
const unitNames = [
  ['ns', /(?:^|[^a-z])(?:ns|nsec|nanos|nanoseconds?)(?:[^a-z]|$)/iu],
  ['us', /(?:^|[^a-z])(?:us|µs|μs|usec|micros|microseconds?)(?:[^a-z]|$)/iu],
  ['ms', /(?:^|[^a-z])(?:ms|msec|millis|milliseconds?)(?:[^a-z]|$)/iu],
  ['s', /(?:^|[^a-z])(?:s|secs?|seconds?)(?:[^a-z]|$)/iu],
] as const;

function guessUnit(name: string, cells: readonly string[], decimal: '.' | ',', videoUs: number): TimeUnit | null {
  const most = (read: (cell: string) => number | null) =>
    cells.filter((cell) => read(cell) !== null).length * 2 > cells.length;
  if (most(readDate)) return 'date';
  if (most(readClock)) return 'clock';
  const values = cells.flatMap((cell) => {
    const value = readNumber(cell, decimal);
    return value === null || Number.isNaN(value) ? [] : [value];
  });
  if (values.length === 0 || values.length * 2 <= cells.length) return null;
  const said = unitNames.find(([, pattern]) => pattern.test(name.replaceAll('_', ' ')))?.[0];
  if (said !== undefined) return said;
  const largest = Math.abs(values[values.length >> 1]!);
  // Since 1970: what any of the last fifty years is in each unit.
  if (largest > 1e17) return 'ns';
  if (largest > 1e14) return 'us';
  if (largest > 1e11) return 'ms';
  if (largest > 1e8) return 's';
  if (!values.every(Number.isInteger)) return 's';
  const step = (values.at(-1)! - values[0]!) / Math.max(1, values.length - 1);
  if (step === 1 && (countNames.test(name.trim()) || !timeNames.some((each) => each.test(name)))) return 'samples';
  if (step >= 1e5) return 'ns';
  // Few rows say little of the whole: the unit in which a row is nearest to what sensors take, 2 ms to 100 ms.
  if (step >= 500) return 'us';
  return step < 1 || (step === 1 && videoUs / 1e6 >= values.length && values.length < looked - 1) ? 's' : 'ms';
}
