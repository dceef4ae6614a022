// Damage is told by structure alone, and only pictures that nothing leans on count as disposable.
import { describe, expect, test } from 'vitest';
import { isDisposable, nalLengthSize, nalLengthsFit } from './nal-lengths.ts';

/** A unit of `bytes`, preceded by its length in four bytes. */
const unit = (...bytes: number[]): number[] => [0, 0, 0, bytes.length, ...bytes];
const packet = (...units: number[][]): Uint8Array => Uint8Array.from(units.flat());

describe('length size', () => {
  test('from avcC and hvcC; none for start codes or nothing', () => {
    expect(nalLengthSize('h264', Uint8Array.from([1, 100, 0, 31, 0xff, 0xe1]))).toBe(4);
    expect(nalLengthSize('hevc', Uint8Array.from([1, ...new Uint8Array(20), 0xfd]))).toBe(2);
    expect(nalLengthSize('h264', Uint8Array.from([0, 0, 0, 1, 0x67]))).toBeNull();
    expect(nalLengthSize('h264', null)).toBeNull();
  });
});

describe('whether lengths fit', () => {
  test('whole units, with or without a little padding', () => {
    expect(nalLengthsFit(packet(unit(0x65, 1, 2), unit(0x41, 3)), 4)).toBe(true);
    expect(nalLengthsFit(packet(unit(0x65, 1, 2), [0, 0]), 4)).toBe(true);
  });

  test.each([
    ['cut off', packet([0, 0, 0, 9, 1, 2])],
    ['overwritten', packet([0xff, 0xff, 0xff, 0xff, 1, 2])],
    ['zeroed', new Uint8Array(40)],
    ['empty', new Uint8Array(0)],
  ])('%s: no', (_, bytes) => {
    expect(nalLengthsFit(bytes, 4)).toBe(false);
  });
});

describe('disposable', () => {
  const slice = (reference: number): number[] => unit((reference << 5) | 1, 0x9a);
  test('slices to which nothing refers, with notes', () => {
    expect(isDisposable(packet(unit(9, 0xf0), unit(6, 5, 1), slice(0), slice(0)), 4)).toBe(true);
  });

  test.each([
    ['a reference', packet(slice(1))],
    ['one slice that is a reference', packet(slice(0), slice(2))],
    ['a keyframe', packet(unit(0x65, 1))],
    ['a parameter set along', packet(unit(0x68, 1), slice(0))],
    ['no slice at all', packet(unit(9, 0xf0))],
  ])('%s: no', (_, bytes) => {
    expect(isDisposable(bytes, 4)).toBe(false);
  });
});
