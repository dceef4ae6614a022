// Protects: what counts as a shot: twins are one, contradictions are shared, rejected and reviewed time is background,
// and none of it depends on the order in which people corrected.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanFeature, spreadFeatures } from './shot-features.ts';
import { shotsPerClass, trainingShots, type Correction } from './training-shots.ts';

const second = 1_000_000;
const accepted = (startS: number, endS: number, classId: number, videoId = 1): Correction => ({
  videoId,
  classId,
  startUs: startS * second,
  endUs: endS * second,
  decision: 'accepted',
});
const rejected = (startS: number, endS: number): Correction => ({ ...accepted(startS, endS, 1), decision: 'rejected' });

describe('shots', () => {
  it('count the same clip once, and share a clip that was marked as two classes', () => {
    expect(trainingShots([accepted(0, 5, 1), accepted(0, 5, 1)], [])).toHaveLength(1);
    expect(trainingShots([accepted(0, 5, 2), accepted(0, 5, 1)], [])).toMatchObject([{ classIds: [1, 2] }]);
  });

  it('take a rejected proposal for background unless it restates an accepted segment', () => {
    const shots = trainingShots([accepted(0, 5, 1), rejected(1, 5), rejected(20, 25)], []);
    expect(shots.map(({ startUs, classIds }) => [startUs / second, classIds.length])).toEqual([
      [0, 1],
      [20, 0],
    ]);
  });

  it('take what is unmarked for background only in a video that is reviewed completely', () => {
    const span = { startUs: 0, endUs: 60 * second };
    expect(trainingShots([accepted(0, 5, 1)], [])).toHaveLength(1);
    const background = trainingShots([accepted(0, 5, 1)], [{ videoId: 1, span }]).filter(
      ({ classIds }) => classIds.length === 0,
    );
    expect(background.length).toBeGreaterThan(3);
    for (const { startUs } of background) expect(startUs).toBeGreaterThanOrEqual(5 * second);
  });

  it('are the same in whatever order corrections came', () => {
    const correction = fc
      .record({
        videoId: fc.integer({ min: 1, max: 3 }),
        classId: fc.integer({ min: 1, max: 3 }),
        startUs: fc.integer({ min: 0, max: 20 }).map((at) => at * second),
        length: fc.integer({ min: 1, max: 5 }),
        decision: fc.constantFrom('accepted' as const, 'rejected' as const),
      })
      .map(({ length, ...rest }) => ({ ...rest, endUs: rest.startUs + length * second }));
    fc.assert(
      fc.property(fc.array(correction, { maxLength: 12 }), fc.integer(), (corrections, seed) => {
        const shuffled = corrections
          .map((value, at) => ({ value, key: Math.sin(seed + at) }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ value }) => value);
        expect(trainingShots(shuffled, [])).toEqual(trainingShots(corrections, []));
        for (const [, count] of shotsPerClass(trainingShots(corrections, []))) expect(count).toBeGreaterThan(0);
      }),
    );
  });

  it('of a single frame, or between two samples, have the nearest feature', () => {
    const video = { features: Float32Array.of(1, 0, 0, 1), timesUs: Float64Array.of(0, second) };
    expect([...meanFeature(video, { startUs: 0.8 * second, endUs: 0.82 * second }, 2)]).toEqual([0, 1]);
    expect([...meanFeature(video, { startUs: 5 * second, endUs: 6 * second }, 2)]).toEqual([0, 1]);
    expect([...spreadFeatures(video, { startUs: 0, endUs: 1 }, 2, 2)]).toEqual([1, 0, 1, 0]);
  });
});
