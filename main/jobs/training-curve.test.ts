// A page opened in the middle of a tuning sees all of its curve, and is never sent more than a chart can show.
import { expect, test } from 'vitest';
import type { TrainingRun } from '#preload/domain/training-run.ts';
import { TrainingCurve } from './training-curve.ts';

const whole: TrainingRun = { learns: 'prompts', without: null, number: 1, count: 1 };
const heldOut: TrainingRun = { ...whole, without: 'videos' };
const point = (step: number, run = whole) => ({ run: { ...run }, step, loss: 1 / step });

test('points are numbered from 0, and belong to one job', () => {
  const curve = new TrainingCurve();
  curve.begin(7);
  expect([curve.add(point(1)), curve.add(point(2))]).toEqual([0, 1]);
  expect(curve.of(7)).toEqual({ count: 2, points: [point(1), point(2)] });
  expect(curve.of(6)).toEqual({ count: 0, points: [] });
  curve.begin(7);
  expect(curve.of(7)).toEqual({ count: 0, points: [] });
});

test('a long curve is thinned, the last point of each run kept, and all are counted', () => {
  const curve = new TrainingCurve();
  curve.begin(1);
  for (const run of [heldOut, whole]) for (let step = 1; step <= 5_000; step += 1) curve.add(point(step, run));
  const { count, points } = curve.of(1);
  expect(count).toBe(10_000);
  expect(points.length).toBeLessThanOrEqual(1_200);
  expect(points).toContainEqual(point(5_000, heldOut));
  expect(points.at(-1)).toEqual(point(5_000));
});
