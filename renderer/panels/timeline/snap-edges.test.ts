// Protects exact times: whatever an edge is drawn to, it ends on a frame of the video.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changePoints, magnetsOf, nearestMagnet, snapEdge } from './snap-edges.ts';
import { anyTable } from './timeline-arbitraries.ts';

const anyTimes = fc.array(fc.integer({ min: -1_000_000, max: 50_000_000 }), { maxLength: 30 });
const anyUs = fc.integer({ min: -1_000_000, max: 60_000_000 });

describe('snapping', () => {
  it('never leaves the table', () => {
    fc.assert(
      fc.property(anyTable, anyTimes, anyUs, fc.nat(2_000_000), (table, times, us, reachUs) => {
        const snapped = snapEdge(table, us, magnetsOf(times), reachUs);
        expect(snapped === table.lastEndUs || table.startUs(table.frameAt(snapped)) === snapped).toBe(true);
      }),
    );
  });

  it('finds the nearest magnet in reach, as a search through all of them does', () => {
    fc.assert(
      fc.property(anyTimes, anyUs, fc.nat(2_000_000), (times, us, reachUs) => {
        const distance = Math.min(...times.map((time) => Math.abs(time - us)));
        const found = nearestMagnet(magnetsOf(times), us, reachUs);
        if (distance <= reachUs) expect(Math.abs(found! - us)).toBe(distance);
        else expect(found).toBeNull();
      }),
    );
  });
});

describe('change points', () => {
  it('are the peaks that stand out', () => {
    const timesUs = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(changePoints(timesUs, [0.1, 0.9, 0.1, 0.1, 0.12, 0.1, 0.6, 0.6])).toEqual([1, 6]);
    expect(
      changePoints(
        timesUs,
        timesUs.map(() => 0.1),
      ),
    ).toEqual([]);
    expect(changePoints([], [])).toEqual([]);
  });
});
