// Protects: what a model run hardly moves is neither written nor logged, and is yet never far from what the last run says.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { World, propose } from '../testing/drawn-edits.ts';
import { leastMove } from './replace-proposals.ts';

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
