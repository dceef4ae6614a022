import fc from 'fast-check';
import { expect, test } from 'vitest';
import { videoUsOf } from '#preload/domain/recording.ts';
import { clockThrough, typedTimeUs } from './clock-through.ts';

test('the clock through moments puts each where it was seen', () => {
  const us = fc.integer({ min: -1e9, max: 1e10 });
  const moments = fc.tuple(us, us, fc.integer({ min: 1e6, max: 1e9 }), fc.integer({ min: 1e6, max: 1e9 }));
  fc.assert(
    fc.property(moments, ([ownUs, videoUs, ownOn, videoOn]) => {
      const anchors = [
        { ownUs, videoUs },
        { ownUs: ownUs + ownOn, videoUs: videoUs + videoOn },
      ];
      const clock = clockThrough(anchors, 1)!;
      for (const anchor of anchors) expect(Math.abs(videoUsOf(clock, anchor.ownUs) - anchor.videoUs)).toBeLessThan(2);
    }),
  );
});

test('one moment leaves the rate, two that say nothing of one are none', () => {
  expect(clockThrough([{ ownUs: 2e6, videoUs: 5e6 }], 0.5)).toEqual({ offsetUs: 4e6, rate: 0.5 });
  const moment = { ownUs: 1e6, videoUs: 1e6 };
  expect(clockThrough([], 1)).toBeNull();
  expect(clockThrough([moment, moment], 1)).toBeNull();
  expect(clockThrough([moment, { ownUs: 2e6, videoUs: 0 }], 1)).toBeNull();
});

test.each([
  ['1.5', 1_500_000],
  ['-2,25', -2_250_000],
  ['−3', -3_000_000],
  ['1:02.5', 62_500_000],
  ['1:02:03', 3_723_000_000],
  ['', null],
  ['soon', null],
  ['1e3', null],
] as const)('typed %j is %j µs', (text, us) => {
  expect(typedTimeUs(text)).toBe(us);
});
