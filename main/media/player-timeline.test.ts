// Container times become the player's microseconds by av_rescale_q's rounding, whatever their order, gaps and doubles.
import fc from 'fast-check';
import { Rational } from 'node-av/lib';
import { describe, expect, test } from 'vitest';
import { microsecondsOfTicks, ticksOfMicroseconds } from './ffmpeg.ts';
import { averageFps, buildFrameTable, hasVariableFrameRate } from './player-timeline.ts';

const timeline = (num: number, den: number, offsetUs = 0) => ({ timeBase: new Rational(num, den), offsetUs });
const pictures = (ticks: readonly number[], duration = 0) =>
  ticks.map((pts) => ({ pts: BigInt(pts), duration: BigInt(duration) }));

describe('ticks and microseconds', () => {
  test.each([
    [1n, 1, 3, 333_333],
    [2n, 1, 3, 666_667],
    [-2n, 1, 3, -666_667],
    [1n, 1, 2_000_000, 1],
    [-1n, 1, 2_000_000, -1],
    [2400n, 1, 57_600, 41_667],
  ])('%d ticks of %d/%d s are %d µs', (ticks, num, den, us) => {
    expect(microsecondsOfTicks(ticks, new Rational(num, den))).toBe(us);
  });

  test('a time base coarser than a microsecond survives the way there and back', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 9n), 10n ** 9n), fc.integer({ min: 1, max: 1_000_000 }), (ticks, den) => {
        const timeBase = new Rational(1, den);
        expect(ticksOfMicroseconds(microsecondsOfTicks(ticks, timeBase), timeBase)).toBe(ticks);
      }),
    );
  });
});

describe('frame tables', () => {
  test('stored order does not matter, and two packets of one time are one frame', () => {
    const table = buildFrameTable(pictures([0, 3, 1, 2, 2], 1), timeline(1, 25), null);
    expect([...table.startsUs()]).toEqual([0, 40_000, 80_000, 120_000]);
    expect(table.lastEndUs).toBe(160_000);
  });

  test('the last frame ends with its packet, else with the stream, else after the usual time', () => {
    const ends = (duration: number, streamEnd: bigint | null) =>
      buildFrameTable(pictures([0, 1, 2, 4], duration), timeline(1, 10), streamEnd).lastEndUs;
    expect(ends(3, 9n)).toBe(700_000);
    expect(ends(0, 9n)).toBe(900_000);
    expect(ends(0, 4n)).toBe(500_000);
    expect(ends(0, null)).toBe(500_000);
  });

  test('the player’s zero is taken off', () => {
    const table = buildFrameTable(pictures([90_000, 93_600], 3600), timeline(1, 90_000, 1_000_000), null);
    expect([...table.startsUs()]).toEqual([0, 40_000]);
  });

  test('any set of times gives a table of the distinct ones', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e9 }), { minLength: 1, maxLength: 50 }), (ticks) => {
        const table = buildFrameTable(pictures(ticks), timeline(1, 48_000), null);
        expect(table.frameCount).toBe(new Set(ticks).size);
      }),
    );
  });

  test('no picture at all is an error', () => {
    expect(() => buildFrameTable([], timeline(1, 25), null)).toThrow(RangeError);
  });
});

test('rounding to ticks is no variable frame rate, a longer frame is', () => {
  const milliseconds = timeline(1, 1000);
  const even = buildFrameTable(pictures([0, 33, 67, 100, 133], 33), milliseconds, null);
  const uneven = buildFrameTable(pictures([0, 33, 67, 133], 33), milliseconds, null);
  expect(hasVariableFrameRate(even, milliseconds.timeBase)).toBe(false);
  expect(hasVariableFrameRate(uneven, milliseconds.timeBase)).toBe(true);
  expect(averageFps(even)).toBeCloseTo(30.12, 2);
});
