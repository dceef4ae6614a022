// Protects: what another project taught is worth less with each correction made here, and next to nothing where it says
// the opposite of them.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { carriedShare } from './carried-share.ts';
import { addPoint, discriminantsOf, noPoints, type PointSums } from './discriminant.ts';
import type { VideoEvidence } from './evidence.ts';
import { inheritedPrior } from './inherited.ts';
import { learn } from './learn.ts';
import { usualWeights } from './choose-weights.ts';
import { noOrder } from './class-order.ts';
import { rowsOf } from './rows.ts';

const classIds = [4, 7, 9];
const width = 6;
const backgroundCount = 1;

/** Spans of each class lie around a place of its own; the names know nothing. */
function codeOf(group: number, random: { normal: () => number }): Float64Array {
  return Float64Array.from({ length: width }, (_, at) => (at === group ? 3 : 0) + random.normal());
}

function video(videoId: number, shotsPerClass: number): VideoEvidence {
  const random = seededRandom(videoId);
  const spans = (groups: readonly number[]) => ({
    texts: rowsOf(groups.length, classIds.length + backgroundCount, () => undefined),
    codes: rowsOf(groups.length, width, (row, out) => out.set(codeOf(groups[row]!, random))),
  });
  const marked = classIds.flatMap((_, group) => Array.from({ length: shotsPerClass }, () => group));
  return {
    videoId,
    unlabelled: spans(Array.from({ length: 30 }, (_, index) => index % classIds.length)),
    shots: marked.map((group, index) => ({
      videoId,
      startUs: index * 3_000_000,
      endUs: index * 3_000_000 + 2_000_000,
      classIds: [classIds[group]!],
    })),
    shotSpans: spans(marked),
    reviewed: null,
  };
}

const videos = (shotsPerClass: number): VideoEvidence[] => [1, 2, 3, 4].map((id) => video(id, shotsPerClass));

/** Points of another project, in which the class at `group` looks as the one at `places[group]` does here. */
function points(places: readonly number[]): PointSums {
  const random = seededRandom(99);
  const sums = noPoints(classIds.length + 1, width);
  for (const [group, place] of places.entries())
    for (let index = 0; index < 8; index += 1) addPoint(sums, group, codeOf(place, random), 1);
  return sums;
}

const alike = points([0, 1, 2]);
const opposite = points([1, 2, 0]);

function shareOf(carried: PointSums, own: readonly VideoEvidence[]): number {
  const fit = discriminantsOf(inheritedPrior(own[0]!.unlabelled, classIds.length));
  const typicalOf = (): Float64Array => new Float64Array(classIds.length + backgroundCount);
  return carriedShare({ classIds, fit, typicalOf }, own, carried);
}

describe('what another project taught', () => {
  it('is worth all of it while nothing was corrected here', () => {
    for (const carried of [alike, opposite]) expect(shareOf(carried, videos(0))).toBe(1);
  });

  it('is worth less with each correction, were it ever so right', () => {
    const shares = [0, 1, 3, 8].map((shots) => shareOf(alike, videos(shots)));
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(shares.at(-1)!).toBeGreaterThan(0);
    expect(shares.at(-1)!).toBeLessThan(0.3);
  });

  it('is worth much less where it contradicts what was corrected', () => {
    expect(shareOf(opposite, videos(2))).toBeLessThan(0.5 * shareOf(alike, videos(2)));
  });

  it('goes by the number of corrections alone where nothing can be held back', () => {
    expect(shareOf(opposite, [video(1, 4)])).toBe(0.5);
  });

  it('weighs so much among the points of a lesson', () => {
    const carried = {
      points: alike,
      lengthsS: classIds.map(() => []),
      weights: usualWeights,
      scoreWeights: null,
      order: noOrder(classIds.length),
    };
    const counts = (own: readonly VideoEvidence[]) =>
      learn({ classIds, backgroundCount, videos: own, carried }).points.counts;
    expect([...counts(videos(0))]).toEqual([8, 8, 8, 0]);
    const corrected = counts(videos(3));
    for (const count of corrected.subarray(0, -1)) {
      expect(count).toBeGreaterThan(12);
      expect(count).toBeLessThan(12 + 8 * 0.3);
    }
  });
});
