import type { TableColumns } from '#preload/domain/table-columns.ts';
import { clockSeconds } from './clock-time.ts';

type TimeCells = Pick<TableColumns, 'decimal' | 'unit' | 'rate'>;

/** The number that a cell of this decimal sign says; null for another text, and for what is not finite. */
export function cellNumber(text: string, decimal: '.' | ','): number | null {
  const thousands = decimal === '.' ? /[,' \u00A0\u202F](?=\d{3}(?:\D|$))/gu : /[.' \u00A0\u202F](?=\d{3}(?:\D|$))/gu;
  const plain = text.trim().replace(thousands, '').replace(decimal, '.');
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(plain) ? Number(plain) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/** A cell's time: seconds, or frames where `unit` counts them; null where it is none. */
export function cellTime(text: string, { decimal, unit, rate }: TimeCells): number | null {
  if (unit === 'timecode') return timecodeFrame(text, rate);
  const value = cellNumber(text, decimal);
  if (unit === 's') return value ?? clockSeconds(text);
  if (value === null) return null;
  return unit === 'ms' ? value / 1000 : Number.isInteger(value) ? value : null;
}

/**
 * The frame that a SMPTE timecode `hh:mm:ss:ff` numbers at `rate` frames per second. With `;` before the frames it is
 * drop-frame (SMPTE ST 12-1): of 30 or 60 numbers a second the first 2 or 4 of each minute are left out, save every tenth
 * minute's. Null where no frame has this timecode.
 */
export function timecodeFrame(text: string, rate: number): number | null {
  const told = /^(\d{1,3}):([0-5]?\d):([0-5]?\d)([:;.])(\d{1,3})$/u.exec(text.trim());
  if (told === null) return null;
  const [hours, minutes, seconds, frames] = [told[1], told[2], told[3], told[5]].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const nominal = Math.round(rate);
  if (frames >= nominal) return null;
  const minute = hours * 60 + minutes;
  const frame = (minute * 60 + seconds) * nominal + frames;
  if (told[4] !== ';') return frame;
  if (nominal % 30 !== 0) return null;
  const dropped = nominal / 15;
  if (frames < dropped && seconds === 0 && minutes % 10 !== 0) return null;
  return frame - dropped * (minute - Math.floor(minute / 10));
}
