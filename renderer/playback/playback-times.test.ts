// Protects the small rules of playback: which picture a reported time means, which speed a key gives, how times read.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { frameShownAt } from './playhead.ts';
import { neighbourSpeed, playSpeeds, shuttleRate } from './shuttle-speeds.ts';
import { formatShortTime, formatTimecode, spokenSeconds } from '../ui/timecode.ts';

const anyTable = fc
  .tuple(fc.nat(1_000_000), fc.array(fc.integer({ min: 2_000, max: 200_000 }), { minLength: 1, maxLength: 80 }))
  .map(([firstUs, lengths]) => {
    let us = firstUs;
    return FrameTable.fromArray(Float64Array.from([firstUs, ...lengths.map((length) => (us += length))]));
  });

describe('the picture that a presentation time means', () => {
  it('is the frame it belongs to, though the player rounds by up to a millisecond either way', () => {
    fc.assert(
      fc.property(anyTable, fc.nat(79), fc.integer({ min: -999, max: 999 }), (table, at, errorUs) => {
        const frame = Math.min(at, table.frameCount - 1);
        expect(frameShownAt(table, (table.startUs(frame) + errorUs) / 1e6)).toBe(frame);
      }),
    );
  });
});

describe('speeds', () => {
  it('go up and down the list and stay at its ends', () => {
    expect(neighbourSpeed(1, 1)).toBe(1.25);
    expect(neighbourSpeed(1, -1)).toBe(0.75);
    expect(neighbourSpeed(16, 1)).toBe(16);
    expect(neighbourSpeed(0.1, -1)).toBe(0.1);
    for (const speed of playSpeeds) expect(speed).toBeGreaterThanOrEqual(0.0625);
  });

  it('double with J and L, and turn round at 1x', () => {
    expect([0, 1, 2, 8, 16].map((rate) => shuttleRate(rate, 1))).toEqual([1, 2, 4, 16, 16]);
    expect([0, -1, -4, 8, 0.5].map((rate) => shuttleRate(rate, -1))).toEqual([-1, -2, -8, -1, -1]);
    expect(shuttleRate(0.5, 1)).toBe(1);
  });
});

describe('times as text', () => {
  it('show a frame with its own time, never rounded up into the next', () => {
    expect(formatTimecode(83_458_999)).toBe('00:01:23.458');
    expect(formatTimecode(3_600_000_000, 0)).toBe('01:00:00');
    expect(formatTimecode(-40_000, 2)).toBe('-00:00:00.04');
  });

  it('are short on the ruler and plain in a sentence', () => {
    expect(formatShortTime(600_000_000, 0)).toBe('10:00');
    expect(formatShortTime(1_500_000, 1)).toBe('0:01.5');
    expect(formatShortTime(3_723_000_000, 0)).toBe('1:02:03');
    expect(spokenSeconds(12_000_000)).toBe('12 s');
    expect(spokenSeconds(12_340_000)).toBe('12.34 s');
  });
});
