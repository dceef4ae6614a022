// Protects: what a model run hardly moves is neither written nor logged, and is yet never far from what the last run says;
// and what only runs over what was accepted is not proposed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { World, propose } from '../testing/drawn-edits.ts';
import { leastMove, replaceProposals } from './replace-proposals.ts';

const places = [0, 2_000_000, 4_000_000, 6_000_000];
const score = fc.double({ min: 0, max: 1, noNaN: true });
const moved = fc.double({ min: -1.5 * leastMove, max: 1.5 * leastMove, noNaN: true });
const perPlace = <Value>(each: fc.Arbitrary<Value>) =>
  fc.array(each, { minLength: places.length, maxLength: places.length });

const said = (scores: readonly number[], swapped = false) =>
  places.map((startUs, index) => {
    const [first, second] = swapped ? ([2, 1] as const) : ([1, 2] as const);
    const probability = scores[index]!;
    const ranking = [
      { classId: first, probability },
      { classId: second, probability: 1 - probability },
    ];
    return { classId: 1, startUs, endUs: startUs + 1_000_000, score: probability, ranking };
  });

const newWorld = (): World => {
  const world = new World();
  for (const name of [1, 2]) world.run(['addClass', name, 2, 3]);
  return world;
};

test('however scores drift from run to run, rows are as the last run says but for less than the least move', () => {
  fc.assert(
    fc.property(perPlace(score), fc.array(perPlace(moved), { maxLength: 12 }), (first, runs) => {
      const world = newWorld();
      propose(world, 1, said(first));
      let scores = first;
      for (const run of runs) {
        const before = world.segments();
        scores = scores.map((value, index) => value + run[index]!);
        const found = said(scores);
        const { segments: written } = propose(world, 1, found);
        const after = world.segments();
        for (const [index, row] of after.entries()) {
          const isFar = Math.abs(before[index]!.score! - scores[index]!) >= leastMove;
          expect(row).toEqual(isFar ? { ...before[index]!, ...found[index]! } : before[index]);
          expect(written.some((change) => change.after?.id === row.id)).toBe(isFar);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('another order of classes, other edges, or another version are written, whatever the scores', () => {
  const world = newWorld();
  const scores = places.map(() => 0.5);
  propose(world, 1, said(scores));
  expect(propose(world, 1, said(scores)).segments).toEqual([]);
  expect(propose(world, 1, said(scores, true)).segments).toHaveLength(places.length);
  const longer = said(scores, true).map((one) => ({ ...one, endUs: one.endUs + 40_000 }));
  expect(propose(world, 1, longer).segments).toHaveLength(places.length);
  expect(propose(world, 1, longer, { version: 'Version 1' }).segments).toHaveLength(places.length);
  expect(world.segments()).toMatchObject(longer.map((one) => ({ ...one, source: { version: 'Version 1' } })));
});

const second = 1_000_000;
const accepted = (startS: number, endS: number, change: Partial<Segment> = {}): Segment => ({
  ...drawnSegment({ id: 1, videoId: 1, classId: 1, startUs: startS * second, endUs: endS * second }),
  ...change,
});

/** The spans, in seconds, of what becomes of one proposal of class 1 beside what is there. */
function madeOf(current: readonly Segment[], startS: number, endS: number): number[][] {
  const proposal = { classId: 1, startUs: startS * second, endUs: endS * second, score: 0.4, ranking: [] };
  const context = { current, model: 'm', version: 'v', firstNewId: 9, videoName: 'a.mp4' };
  return replaceProposals(1, [proposal], context).segments.flatMap(({ after }) =>
    after ? [[after.startUs / second, after.endUs / second]] : [],
  );
}

describe('a proposal', () => {
  test('that only runs over accepted segments of its class and what lies around them is left out', () => {
    expect(madeOf([accepted(6, 9), accepted(17, 21, { id: 2 })], 3, 21)).toEqual([]);
    expect(madeOf([accepted(6, 9)], 3, 21)).toEqual([]);
    // An edge that is a little further is no other action.
    expect(madeOf([accepted(2.9, 9)], 3, 21)).toEqual([]);
  });

  test('stays where what it runs over is of another class, is not accepted, or lies mostly outside', () => {
    expect(madeOf([accepted(6, 9, { classId: 2 })], 3, 21)).toEqual([[3, 21]]);
    expect(madeOf([accepted(6, 9, { state: 'rejected' })], 3, 21)).toEqual([[3, 21]]);
    expect(madeOf([accepted(0, 4)], 3, 21)).toEqual([[3, 21]]);
    expect(madeOf([], 3, 21)).toEqual([[3, 21]]);
  });
});
