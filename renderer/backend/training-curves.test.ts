// A training's curve as it comes in: no point twice, a run begun again starts over, a gap is noticed, a long one is thinned.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extendCurve, type KnownCurve, type NumberedPoint } from './training-curves.ts';

const numbered = (from: number, count: number, run = 1): NumberedPoint[] =>
  Array.from({ length: count }, (_, index) => ({
    index: from + index,
    point: {
      run: { learns: 'prompts', without: null, number: run, count: 5 },
      step: from + index,
      loss: 1 / (from + index + 1),
    },
  }));
const nothing: KnownCurve = { count: 0, points: [] };
const five = extendCurve(nothing, numbered(0, 5))!;

test('points come behind those that are there', () => {
  expect(five.points.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
  expect(extendCurve(five, numbered(5, 2))).toMatchObject({ count: 7, points: { length: 7 } });
});

test('what was fetched with the whole curve and comes in again is one point', () =>
  expect(extendCurve(five, numbered(3, 4))?.points.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6]));

test('a gap is not drawn over: the curve is to be fetched', () =>
  expect(extendCurve(five, numbered(6, 1))).toBeUndefined());

test('a training that begins again starts its curve over', () =>
  expect(extendCurve(five, numbered(0, 2))).toMatchObject({ count: 2, points: { length: 2 } }));

test('a long curve keeps its shape in fewer points: every run, its last point, and the order', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 5 }), (lengths) => {
      const runs = lengths.map((length, run) => numbered(0, length, run + 1).map(({ point }) => point));
      const points = runs.flat();
      const curve = extendCurve(
        nothing,
        points.map((point, index) => ({ index, point })),
        60,
      )!;
      expect(curve.count).toBe(points.length);
      expect(curve.points.length).toBeLessThanOrEqual(60);
      expect(points.filter((point) => curve.points.includes(point))).toEqual(curve.points);
      for (const run of runs) expect(curve.points).toContainEqual(run.at(-1));
    }),
  ));
