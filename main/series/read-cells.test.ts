import { expect, test } from 'vitest';
import type { RecordingReading } from '#preload/domain/recording.ts';
import { readClock, readDate, readNumber, timeReader } from './read-cells.ts';

test.each([
  ['1.5', '.', 1.5],
  [' -2e-3 ', '.', -0.002],
  ['1,5', ',', 1.5],
  ['-0,25', ',', -0.25],
  ['1.234,5', ',', 1234.5],
  ['1,234.5', '.', 1234.5],
  ["1'234.5", '.', 1234.5],
  ['', '.', Number.NaN],
  ['NaN', '.', Number.NaN],
  ['null', ',', Number.NaN],
  ['-inf', '.', Number.NaN],
  ['walk', '.', null],
  ['0x10', '.', null],
  ['1,5', '.', null],
  ['12:30', '.', null],
] as const)('the cell %j with the decimal %j is %j', (cell, decimal, value) => {
  expect(readNumber(cell, decimal)).toEqual(value);
});

test.each([
  ['2026-11-27T10:00:00Z', Date.UTC(2026, 10, 27, 10) * 1000],
  ['2026-11-27 10:00:00.000250', Date.UTC(2026, 10, 27, 10) * 1000 + 250],
  ['2026-11-27T12:00:00,5+02:00', Date.UTC(2026, 10, 27, 10) * 1000 + 500_000],
  ['2026/11/27 10:00', Date.UTC(2026, 10, 27, 10) * 1000],
  ['27.11.2026 10:00:00', Date.UTC(2026, 10, 27, 10) * 1000],
  ['11/27/2026 10:00:00 PM', Date.UTC(2026, 10, 27, 22) * 1000],
  ['27/11/2026 12:00:00 AM', Date.UTC(2026, 10, 27) * 1000],
  ['2026-13-27 10:00:00', null],
  ['10:00:00', null],
  ['2026-11-27', null],
] as const)('the date %j is %j µs', (cell, us) => {
  expect(readDate(cell)).toBe(us);
});

test.each([
  ['01:02:03.004', 3_723_004_000],
  ['1:02:03,5', 3_723_500_000],
  ['02:03', 123_000_000],
  ['2:3', null],
  ['1.5', null],
] as const)('the clock %j is %j µs', (cell, us) => {
  expect(readClock(cell)).toBe(us);
});

const reading = (time: RecordingReading['time'], decimal: '.' | ',' = '.'): RecordingReading => ({
  delimiter: ',',
  decimal,
  skipLines: 0,
  header: false,
  time,
});

test.each([
  ['s', '1,5', ',', 1_500_000],
  ['ms', '1764237600123', '.', 1_764_237_600_123_000],
  ['us', '250', '.', 250],
  ['ns', '1764237600123456000', '.', 1_764_237_600_123_456],
  ['samples', '50', '.', 500_000],
  ['s', 'start', '.', null],
  ['s', '', '.', null],
] as const)('a time in %s of %j', (unit, cell, decimal, us) => {
  const read = timeReader(reading({ column: 0, unit, rateHz: 100 }, decimal));
  if (us === null) expect(read([cell], 0)).toBeNull();
  else expect(read([cell], 0)).toBeCloseTo(us, 0);
});

test('rows without a time column follow each other at their rate', () => {
  const read = timeReader(reading({ column: null, unit: 'samples', rateHz: 50 }));
  expect([0, 1, 2].map((row) => read(['7'], row))).toEqual([0, 20_000, 40_000]);
});

test('a clock of the day goes on past midnight', () => {
  const read = timeReader(reading({ column: 0, unit: 'clock', rateHz: 1 }));
  expect(['23:59:59', '00:00:00', '00:00:01'].map((cell, row) => read([cell], row)! / 1e6)).toEqual([
    86_399, 86_400, 86_401,
  ]);
});
