// Times as people read and type them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimecode } from './timecode.ts';
import { roughSeconds, shortDuration, typedTimeUs } from './durations.ts';
import { timeAgo } from './time-ago.ts';

const noFrames = (): number => Number.NaN;

test.each([
  [0, '0.0 s'],
  [7_540_000, '7.5 s'],
  [59_960_000, '1:00'],
  [83_000_000, '1:23'],
  [3_725_000_000, '1:02:05'],
])('a length of %d microseconds reads %s', (us, text) => expect(shortDuration(us)).toBe(text));

test.each([
  [2, 'a few seconds'],
  [33, 'about 35 s'],
  [80, 'about 1 min'],
  [3_000, 'about 50 min'],
  [9_000, 'about 2.5 h'],
])('%d seconds left', (seconds, text) => expect(roughSeconds(seconds)).toBe(text));

describe('a typed time', () => {
  test.each([
    ['83.458', 83_458_000],
    ['1:23.458', 83_458_000],
    ['00:01:23,458', 83_458_000],
    [' 2 s', 2_000_000],
    ['.5', 500_000],
    ['1:00:00', 3_600_000_000],
  ])('%s', (text, us) => expect(typedTimeUs(text, noFrames)).toBe(us));

  test('a frame', () => expect(typedTimeUs('f500', (frame) => frame * 40_000)).toBe(20_000_000));

  test.each(['', 'abc', '1:2:3:4', '12x', '-1', '1..2'])('not a time: %j', (text) =>
    expect(typedTimeUs(text, noFrames)).toBeUndefined(),
  );

  test('what is shown can be typed back, to the millisecond', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 360_000_000 }), (ms) => {
        expect(typedTimeUs(formatTimecode(ms * 1000), noFrames)).toBe(ms * 1000);
      }),
    ));
});

test.each([
  [3, 'just now'],
  [40, '40 seconds ago'],
  [150, '2 minutes ago'],
  [7_300, '2 hours ago'],
  [90_000, 'yesterday'],
  [90_000 * 30, '31 Jul 2024'],
])('%d seconds before', (seconds, words) => {
  const now = Date.UTC(2024, 7, 31, 12);
  expect(timeAgo(now - seconds * 1000, now, 'en-GB')).toBe(words);
});
