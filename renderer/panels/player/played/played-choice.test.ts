// Protects what "only segments" and "only gaps" mean: the segments that are shown and of the chosen state, and no others.
import { describe, expect, it } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { everything, playedPartsOf, type PlayedChoice } from './played-choice.ts';

const table = FrameTable.fromArray(Float64Array.from({ length: 101 }, (_, frame) => frame * 10_000));
const segment = (id: number, classId: number, first: number, end: number, more: Partial<Segment> = {}): Segment => ({
  ...drawnSegment({ id, videoId: 1, classId, startUs: first * 10_000, endUs: end * 10_000 }),
  ...more,
});
const segments = [
  segment(1, 1, 10, 20),
  segment(2, 2, 15, 30, { state: 'proposed', score: 0.8 }),
  segment(3, 1, 40, 50, { state: 'proposed', score: 0.1 }),
  segment(4, 1, 60, 70, { state: 'rejected', score: 0.9 }),
];
const parts = (choice: Partial<PlayedChoice>, onlyClassId: number | null = null) =>
  playedPartsOf({ ...everything, ...choice }, table, segments, { threshold: 0.5, onlyClassId });

describe('what is played', () => {
  it('is everything until somebody chooses otherwise', () => {
    expect(parts({})).toBeNull();
  });

  it('of segments are those that are shown, of the chosen state', () => {
    const wanted = (of: PlayedChoice['of']) => parts({ mode: 'segments', of })?.wanted;
    expect(wanted('shown')).toEqual([{ startFrame: 10, endFrame: 30 }]);
    expect(wanted('accepted')).toEqual([{ startFrame: 10, endFrame: 20 }]);
    expect(wanted('proposed')).toEqual([{ startFrame: 15, endFrame: 30 }]);
  });

  it('of the one class that is shown leaves the others out', () => {
    expect(parts({ mode: 'segments' }, 2)?.wanted).toEqual([{ startFrame: 15, endFrame: 30 }]);
  });

  it('of gaps is what they leave, and between segments a speed', () => {
    expect(parts({ mode: 'gaps' })?.wanted).toEqual([
      { startFrame: 0, endFrame: 10 },
      { startFrame: 30, endFrame: 100 },
    ]);
    expect(parts({ mode: 'gaps-fast', gapSpeed: 4 })).toEqual({
      wanted: [{ startFrame: 10, endFrame: 30 }],
      between: 4,
    });
  });

  it('is everything where no part would be left', () => {
    expect(parts({ mode: 'segments' }, 9)).toBeNull();
  });
});
