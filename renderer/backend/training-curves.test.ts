// A training's curve on screen: it keeps its order and its ends, begins again with its job, and never grows without end.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extendCurve } from './training-curves.ts';

const run = (name: string, steps: number) =>
  Array.from({ length: steps }, (_, index) => ({ run: name, step: index + 1, loss: 1 / (index + 1) }));

test('points follow each other', () => {
  const curve = extendCurve(run('held-out 1 of 2', 3), run('run 1 of 1', 2));
  expect(curve.map(({ run: name, step }) => `${name} ${step}`)).toEqual([
    'held-out 1 of 2 1',
    'held-out 1 of 2 2',
    'held-out 1 of 2 3',
    'run 1 of 1 1',
    'run 1 of 1 2',
  ]);
});

test('a job that begins again begins its curve again', () =>
  expect(extendCurve([...run('held-out 1 of 1', 4), ...run('run 1 of 1', 4)], run('held-out 1 of 1', 1))).toEqual(
    run('held-out 1 of 1', 1),
  ));

test('a long curve keeps its shape in fewer points: every run, its last point, and the order', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 5 }), (lengths) => {
      const points = lengths.flatMap((length, index) => run(`run ${index}`, length));
      const curve = extendCurve([], points, 60);
      expect(curve.length).toBeLessThanOrEqual(60);
      expect(points.filter((point) => curve.includes(point))).toEqual(curve);
      for (const [index, length] of lengths.entries())
        expect(curve).toContainEqual({ run: `run ${index}`, step: length, loss: 1 / length });
    }),
  ));
