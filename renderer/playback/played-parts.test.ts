// Protects what is played: each wanted frame once and no other, forwards and backwards, however segments lie.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { atFrameOfParts, coveredFrames, framesBetween, isWanted, speedAt, type PlayedParts } from './played-parts.ts';

const frameCount = 60;
const frameUs = 40_000;
const table = FrameTable.fromArray(Float64Array.from({ length: frameCount + 1 }, (_, frame) => frame * frameUs));

const spans = fc
  .array(fc.tuple(fc.nat(frameCount - 1), fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 12 })
  .map((pairs) =>
    pairs
      .map(([first, length]) => ({
        startUs: first * frameUs,
        endUs: Math.min(first + length, frameCount) * frameUs,
      }))
      .sort((a, b) => a.startUs - b.startUs),
  );

const skipping = (wanted: PlayedParts['wanted']): PlayedParts => ({ wanted, between: 'skip' });

/** Frames on screen of a play that begins at `from`. */
function played(parts: PlayedParts, from: number, direction: 1 | -1): number[] {
  const frames: number[] = [];
  let frame = from;
  for (let step = 0; step < 4 * frameCount; step += 1) {
    if (frame < 0 || frame >= frameCount) return frames;
    frames.push(frame);
    const turn = atFrameOfParts(parts, frame, direction);
    if (turn?.kind === 'stop') return turn.frame === frame ? frames : [...frames, turn.frame];
    frame = turn ? turn.frame : frame + direction;
  }
  throw new Error('play came to no end');
}

describe('what is played', () => {
  it('covers exactly the frames of the spans, and what lies between is the rest', () => {
    fc.assert(
      fc.property(spans, (some) => {
        const covered = coveredFrames(table, some);
        const gaps = framesBetween(covered, frameCount);
        for (let frame = 0; frame < frameCount; frame += 1) {
          const isCovered = some.some(({ startUs, endUs }) => frame * frameUs >= startUs && frame * frameUs < endUs);
          expect(isWanted(skipping(covered), frame)).toBe(isCovered);
          expect(isWanted(skipping(gaps), frame)).toBe(!isCovered);
        }
      }),
    );
  });

  it('shows every wanted frame once, in order, and none besides but the one it began on', () => {
    fc.assert(
      fc.property(spans, (some) => {
        const parts = skipping(coveredFrames(table, some));
        const wanted = Array.from({ length: frameCount }, (_, frame) => frame).filter((frame) =>
          isWanted(parts, frame),
        );
        const rest = (frames: number[]) => frames.filter((frame, at) => at > 0 || isWanted(parts, frame));
        expect(rest(played(parts, 0, 1))).toEqual(wanted);
        expect(rest(played(parts, frameCount - 1, -1))).toEqual(wanted.toReversed());
      }),
    );
  });

  it('skips nothing where nothing is wanted', () => {
    expect(atFrameOfParts(skipping([]), 10, 1)).toBeNull();
  });

  it('runs through what lies between at its speed, and never slower than the rest', () => {
    const parts: PlayedParts = { wanted: [{ startFrame: 10, endFrame: 20 }], between: 8 };
    expect([9, 10, 19, 20].map((frame) => speedAt(parts, frame, 1))).toEqual([8, 1, 1, 8]);
    expect(speedAt(parts, 0, 16)).toBe(16);
    expect(atFrameOfParts(parts, 19, 1)).toBeNull();
  });
});
