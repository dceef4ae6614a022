// Protects: cells of any country and clock become the time that they say, and drop-frame numbers count every frame once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellNumber, cellTime, timecodeFrame } from './cell-time.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** The clock of frame `index` as a recorder counts it: one number after another, the dropped ones passed over. */
function* dropFrameClock(nominal: number, minutes: number): Generator<string> {
  for (let minute = 0; minute < minutes; minute += 1) {
    for (let second = 0; second < 60; second += 1) {
      for (let frame = 0; frame < nominal; frame += 1) {
        if (second === 0 && frame < nominal / 15 && minute % 10 !== 0) continue;
        yield `${two(Math.floor(minute / 60))}:${two(minute % 60)}:${two(second)};${two(frame)}`;
      }
    }
  }
}

test.each([
  [30, 29.97],
  [60, 59.94],
])('drop-frame timecode of %i numbers a second counts every frame once', (nominal, rate) => {
  let index = 0;
  for (const clock of dropFrameClock(nominal, 21)) {
    if (timecodeFrame(clock, rate) !== index) expect.fail(`${clock} is frame ${index}`);
    index += 1;
  }
  expect(timecodeFrame('01:00:00;00', rate)).toBe((nominal / 30) * 107_892);
});

test('a timecode that no frame has is none', () => {
  expect(timecodeFrame('00:01:00;01', 29.97)).toBeNull();
  expect(timecodeFrame('00:00:00:25', 25)).toBeNull();
  expect(timecodeFrame('00:00:00;10', 25)).toBeNull();
  expect(timecodeFrame('00:61:00:00', 25)).toBeNull();
  expect(timecodeFrame('01:00:00:00', 23.976)).toBe(3600 * 24);
});

test('numbers of either decimal sign come back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(999), fc.boolean(), (whole, rest, hasThousands) => {
      const value = Number(`${whole}.${rest}`);
      const us = value.toLocaleString('en-US', { maximumFractionDigits: 3, useGrouping: hasThousands });
      const german = value.toLocaleString('de-DE', { maximumFractionDigits: 3, useGrouping: hasThousands });
      expect(cellNumber(us, '.')).toBe(value);
      expect(cellNumber(german, ',')).toBe(value);
    }),
  );
  for (const text of ['', ' ', 'NaN', 'Infinity', '1e999', '0x10', '1.2.3', '--1'])
    expect(cellNumber(text, '.')).toBeNull();
});

test('units', () => {
  const read = (text: string, unit: 's' | 'ms' | 'frames') => cellTime(text, { decimal: '.', unit, rate: 25 });
  expect(read('1:02:03.5', 's')).toBe(3723.5);
  expect(read('1500', 'ms')).toBe(1.5);
  expect(read('12', 'frames')).toBe(12);
  expect(read('12.5', 'frames')).toBeNull();
  expect(read('1:00', 'ms')).toBeNull();
});
