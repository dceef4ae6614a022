// Protects: what must hold for training-free proposals whatever the numbers in the settings.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporalIoU } from '#preload/domain/span.ts';
import { seededRandom } from '#main/random/seeded-random.ts';
import { analyseFeatures } from './analyse-features.ts';
import type { ClassSet } from './class-set.ts';
import { defaultLocalisationSettings } from './localisation-settings.ts';
import { proposeSegments } from './propose-segments.ts';
import { randomDirections, syntheticWorld } from './synthetic-video.ts';

const dim = 16;
const random = seededRandom(7);
const [axisA, axisB] = [randomDirections(1, dim, random), randomDirections(1, dim, random)];
const classSet: ClassSet = {
  classEmbeddings: randomDirections(3, dim, random),
  backgroundEmbeddings: randomDirections(2, dim, random),
  logitScale: 100,
};
const noClasses: ClassSet = { ...classSet, classEmbeddings: new Float32Array(0) };

const timesOf = (count: number): Float64Array => Float64Array.from({ length: count }, (_, index) => index * 250_000);

/** A video at 4 fps of which each sample shows one of the directions. */
function video(directions: readonly Float32Array[]) {
  const features = new Float32Array(directions.length * dim);
  for (const [index, direction] of directions.entries()) features.set(direction, index * dim);
  return { video: { features, timesUs: timesOf(directions.length), dim }, endUs: directions.length * 250_000 };
}

function propose(directions: readonly Float32Array[], set: ClassSet = classSet) {
  const { video: features, endUs } = video(directions);
  return proposeSegments(analyseFeatures(features, endUs), set);
}

describe('a video in which nothing changes', () => {
  it.each([1, 2, 40])('has no change points and one proposal at most (%i samples)', (count) => {
    for (const set of [classSet, noClasses]) {
      const { proposals, changePointsUs, curves } = propose(
        Array.from({ length: count }, () => axisA),
        set,
      );
      expect(changePointsUs).toEqual([0, count * 250_000]);
      expect(new Set(curves.actionness.map((value) => Number(value.toFixed(9)))).size).toBe(1);
      expect(proposals.map(({ startUs, endUs }) => [startUs, endUs])).toEqual([[0, count * 250_000]]);
    }
  });
});

describe('a video of two scenes', () => {
  it('is cut exactly between them, wherever that is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 60 }),
        fc.integer({ min: 4, max: 60 }),
        fc.boolean(),
        (before, after, hasClasses) => {
          const scenes = [
            ...Array.from({ length: before }, () => axisA),
            ...Array.from({ length: after }, () => axisB),
          ];
          const { proposals, changePointsUs } = propose(scenes, hasClasses ? classSet : noClasses);
          // The scene changes half way between the last sample of the one and the first of the other.
          const cutUs = before * 250_000 - 125_000;
          expect(changePointsUs).toContain(cutUs);
          expect(proposals.some(({ startUs, endUs }) => startUs === cutUs || endUs === cutUs)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('proposals', () => {
  const world = syntheticWorld({ durationS: 60, actionsPerVideo: 3 });
  const { video: features, endUs, actions } = world.video(1);
  const analysis = analyseFeatures(features, endUs);

  it('are ranked by odds that know how few stretches are actions: a second guess at a sure one goes before a dubious one', () => {
    const videos = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => world.video(seed));
    /** How many stretches beside a video's best are ranked after the second guess at its ends, over all videos. */
    const overtaken = (rarity: number): number => {
      const settings = { ...defaultLocalisationSettings.proposal, rarity };
      return videos.reduce((sum, one) => {
        const { proposals } = proposeSegments(analyseFeatures(one.video, one.endUs), world.classSet, settings);
        const overlaps = proposals.map((proposal) => temporalIoU(proposal, proposals[0]!));
        const second = overlaps.findIndex((overlap, rank) => rank > 0 && overlap > 0.5);
        return sum + (second < 0 ? 0 : overlaps.slice(second).filter((overlap) => overlap === 0).length);
      }, 0);
    };
    expect(overtaken(3)).toBeGreaterThan(overtaken(0));
  });

  it('do not depend on the order of the classes', () => {
    const reversed = new Float32Array(world.classSet.classEmbeddings.length);
    const count = reversed.length / world.dim;
    for (let index = 0; index < count; index += 1) {
      reversed.set(
        world.classSet.classEmbeddings.subarray(index * world.dim, (index + 1) * world.dim),
        (count - 1 - index) * world.dim,
      );
    }
    const one = proposeSegments(analysis, world.classSet);
    const other = proposeSegments(analysis, { ...world.classSet, classEmbeddings: reversed });
    const spansOf = (proposed: typeof one) =>
      proposed.proposals.map(({ startUs, endUs: end }) => `${startUs}-${end}`).sort();
    expect(spansOf(other)).toEqual(spansOf(one));
  });

  it('do not depend on the length of the features', () => {
    const scaled = analyseFeatures({ ...features, features: features.features.map((value) => 12.5 * value) }, endUs);
    const one = proposeSegments(analysis, world.classSet);
    const other = proposeSegments(scaled, world.classSet);
    expect(other.changePointsUs).toEqual(one.changePointsUs);
    expect(other.proposals.length).toBe(one.proposals.length);
    expect([...other.curves.actionness]).toEqual(
      Array.from(one.curves.actionness, (value) => expect.closeTo(value, 3)),
    );
  });

  it('are ordered by score and lie inside the video', () => {
    const { proposals, curves } = proposeSegments(analysis, world.classSet);
    for (const proposal of proposals) {
      expect(proposal.startUs).toBeGreaterThanOrEqual(0);
      expect(proposal.endUs).toBeLessThanOrEqual(endUs);
      expect(proposal.endUs - proposal.startUs).toBeGreaterThanOrEqual(250_000);
      expect(proposal.score).toBeLessThanOrEqual(proposal.quality);
    }
    const scores = proposals.map((proposal) => proposal.score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(curves.actionness.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(curves.perClass.length).toBe(world.classSet.classEmbeddings.length / world.dim);
  });

  it('find the actions of a made-up video', () => {
    const { proposals } = proposeSegments(analysis, world.classSet);
    for (const action of actions) {
      const best = proposals.slice(0, 50).reduce((highest, proposal) => {
        const shared = Math.max(0, Math.min(action.endUs, proposal.endUs) - Math.max(action.startUs, proposal.startUs));
        const union = action.endUs - action.startUs + (proposal.endUs - proposal.startUs) - shared;
        return Math.max(highest, shared / union);
      }, 0);
      expect(best).toBeGreaterThan(0.6);
    }
  });

  it('come from the changes of the picture alone while there are no classes', () => {
    const { proposals, curves } = proposeSegments(analysis, {
      ...world.classSet,
      classEmbeddings: new Float32Array(0),
    });
    expect(curves.actionness.every((value) => Math.abs(value - 0.5) < 1e-12)).toBe(true);
    expect(proposals.length).toBeGreaterThan(1);
  });

  it('follow irregular sample times', () => {
    const scenes = [...Array.from({ length: 20 }, () => axisA), ...Array.from({ length: 20 }, () => axisB)];
    const { video: regular } = video(scenes);
    const timesUs = regular.timesUs.map((time, index) => time + (index % 3) * 20_000 + (index >= 20 ? 700_000 : 0));
    const { changePointsUs } = proposeSegments(analyseFeatures({ ...regular, timesUs }, 12e6), classSet);
    expect(changePointsUs).toEqual([0, Math.round((timesUs[19]! + timesUs[20]!) / 2), 12e6]);
  });

  it('do not depend on what is far away, nor on how long a list of names is', () => {
    const long = syntheticWorld({ durationS: 1200, actionsPerVideo: 60 });
    const { video: whole, endUs: wholeEndUs } = long.video(1);
    const { curves } = proposeSegments(analyseFeatures(whole, wholeEndUs), long.classSet);
    const rows = 4 * 240;
    const clip = {
      dim: whole.dim,
      features: whole.features.slice(0, rows * whole.dim),
      timesUs: whole.timesUs.slice(0, rows),
    };
    const alone = proposeSegments(analyseFeatures(clip, 240e6), long.classSet).curves.actionness;
    // All but what the end of the clip is in sight of.
    const inside = 4 * 200;
    expect([...curves.actionness.subarray(0, inside)]).toEqual(
      Array.from(alone.subarray(0, inside), (value) => expect.closeTo(value, 9)),
    );

    const twice = new Float32Array(2 * long.classSet.classEmbeddings.length);
    twice.set(long.classSet.classEmbeddings);
    twice.set(long.classSet.classEmbeddings, long.classSet.classEmbeddings.length);
    const again = proposeSegments(analyseFeatures(clip, 240e6), { ...long.classSet, classEmbeddings: twice });
    expect([...again.curves.actionness]).toEqual(Array.from(alone, (value) => expect.closeTo(value, 9)));
  });

  it('reach from a second to minutes in one recording', () => {
    const calm = syntheticWorld({ durationS: 1200, actionsPerVideo: 3, actionS: [300, 300], actionShare: 0.6 });
    const brief = syntheticWorld({ durationS: 60, actionsPerVideo: 3, actionS: [1, 1], actionShare: 0.6 });
    const one = calm.video(1);
    const other = brief.video(2);
    const shiftUs = one.endUs;
    const joined = {
      dim: calm.dim,
      features: Float32Array.from([one, other].flatMap((part) => [...part.video.features])),
      timesUs: Float64Array.of(...one.video.timesUs, ...other.video.timesUs.map((time) => time + shiftUs)),
    };
    const { proposals } = proposeSegments(analyseFeatures(joined, one.endUs + other.endUs), calm.classSet);
    const all = [
      ...one.actions,
      ...other.actions.map(({ startUs, endUs: end }) => ({ startUs: startUs + shiftUs, endUs: end + shiftUs })),
    ];
    for (const action of all)
      expect(Math.max(...proposals.map((proposal) => temporalIoU(action, proposal)))).toBeGreaterThan(0.6);
  });
});
