import type { RecordingReading } from '#preload/domain/recording.ts';

/** What stands for no value; all other words are text. */
const noValue = /^(?:|nan|na|n\/a|null|none|nil|-|--|\?|[+-]?inf(?:inity)?)$/iu;

/** The number of a cell: not a number where it is empty or says that there is none, null for text. */
export function readNumber(cell: string, decimal: '.' | ','): number | null {
  const text = cell.trim();
  const value = text === '' ? Number.NaN : Number(decimal === '.' ? text : withPoint(text));
  if (Number.isFinite(value)) return /^[+-]?0[xbo]/iu.test(text) ? null : value;
  if (noValue.test(text)) return Number.NaN;
  // Grouped thousands, as spreadsheets write them.
  const group = decimal === '.' ? ',' : '.';
  const grouped = /^[+-]?\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d+)?$/u.test(text);
  const plain = grouped ? Number(withPoint(text.replaceAll(group, '').replaceAll(/[' ]/gu, ''), decimal)) : Number.NaN;
  return Number.isFinite(plain) ? plain : null;
}

const withPoint = (text: string, decimal = ','): string => (decimal === ',' ? text.replace(',', '.') : text);

const date =
  /^(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})([./])(\d{1,2})[./](\d{4}))[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d+))?)?\s*(am|pm)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/iu;

/**
 * Microseconds since 1970 of a date with a time, in its own zone where it names one, else as if in Greenwich; null for
 * none. Days come first between points; between slashes months do, unless that cannot be.
 */
export function readDate(cell: string): number | null {
  const parts = date.exec(cell.trim());
  if (!parts) return null;
  const [, year, month, day, first, sign, second, lastYear, hour, minute, seconds = '0', part = '', half, zone = 'Z'] =
    parts;
  const dayFirst = sign === '.' || Number(first) > 12;
  const [y, m, d] =
    year === undefined
      ? [lastYear, ...(dayFirst ? [second, first] : [first, second])].map(Number)
      : [year, month, day].map(Number);
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const ms = Date.UTC(y!, m! - 1, d, hours, Number(minute), Number(seconds));
  const away = /^([+-])(\d{2}):?(\d{2})$/u.exec(zone);
  const zoneMs = away ? (away[1] === '-' ? -1 : 1) * (Number(away[2]) * 60 + Number(away[3])) * 60_000 : 0;
  return Number.isFinite(ms) && m! <= 12 ? (ms - zoneMs) * 1000 + Number(`0.${part || 0}`) * 1e6 : null;
}

/** Microseconds of `HH:MM:SS.mmm`, `MM:SS` or the same with a comma; null for none. */
export function readClock(cell: string): number | null {
  const parts = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d+))?$/u.exec(cell.trim());
  if (!parts) return null;
  const [, hours = '0', minutes, seconds, part = '0'] = parts;
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1e6 + Number(`0.${part}`) * 1e6;
}

const usPer = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 } as const;
const dayUs = 86_400e6;

/**
 * Reads the times of a table in order: microseconds of each row from wherever its clock begins, null where a cell says
 * none. A clock of the day that falls back by more than half a day has passed midnight.
 */
export function timeReader({
  time,
  decimal,
}: RecordingReading): (cells: readonly string[], row: number) => number | null {
  const { column, unit, rateHz } = time;
  if (column === null) return (_cells, row) => (row * 1e6) / rateHz;
  let [days, last] = [0, 0];
  return (cells) => {
    const cell = cells[column] ?? '';
    if (unit === 'date') return readDate(cell);
    if (unit === 'clock') {
      const us = readClock(cell);
      if (us === null) return null;
      if (us + dayUs / 2 < last) days += 1;
      last = us;
      return us + days * dayUs;
    }
    const value = readNumber(cell, decimal);
    if (value === null || Number.isNaN(value)) return null;
    return unit === 'samples' ? (value * 1e6) / rateHz : value * usPer[unit];
  };
}
