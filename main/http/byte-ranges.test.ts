// A player can seek: whatever range it asks for, it gets exactly those bytes or the answer that RFC 9110 names.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentRange, readRange } from './byte-ranges.ts';

const whole = { kind: 'whole' };
const none = { kind: 'unsatisfiable' };
const part = (start: number, end: number) => ({ kind: 'part', range: { start, end } });

test.each([
  [null, whole],
  ['bytes=0-', part(0, 100)],
  ['bytes=0-0', part(0, 1)],
  ['bytes=10-19', part(10, 20)],
  ['bytes=90-1000', part(90, 100)],
  ['bytes=99-', part(99, 100)],
  ['bytes=-10', part(90, 100)],
  ['bytes=-1000', part(0, 100)],
  ['BYTES=5-6', part(5, 7)],
  ['bytes=100-', none],
  ['bytes=100-200', none],
  ['bytes=-0', none],
  ['bytes=20-10', whole],
  ['bytes=-', whole],
  ['bytes=a-b', whole],
  ['bytes=0-1,5-6', whole],
  ['items=0-5', whole],
  ['bytes=1.5-3', whole],
])('%s of 100 bytes', (header, reading) => {
  expect(readRange(header, 100)).toEqual(reading);
});

test('no range of an empty file can be satisfied', () => {
  expect(readRange('bytes=0-', 0)).toEqual(none);
  expect(readRange('bytes=-5', 0)).toEqual(none);
});

test('a part is never empty, never outside the file, and starts where it was asked to', () => {
  const bound = fc.option(fc.nat(2 ** 40), { nil: undefined });
  fc.assert(
    fc.property(bound, bound, fc.nat(2 ** 40), (first, last, size) => {
      const reading = readRange(`bytes=${first ?? ''}-${last ?? ''}`, size);
      fc.pre(reading.kind === 'part');
      const { start, end } = reading.range;
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(size);
      expect(start).toBe(first ?? Math.max(0, size - last!));
    }),
  );
});

test('the header of the answer counts inclusively', () => {
  expect(contentRange({ start: 10, end: 20 }, 100)).toBe('bytes 10-19/100');
  expect(contentRange(null, 100)).toBe('bytes */100');
});
