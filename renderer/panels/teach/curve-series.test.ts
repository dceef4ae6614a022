// The loss chart shows every run on one axis of steps, each point where it belongs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curveParts, curveSeries, curveWords } from './curve-series.ts';

const point = (run: string, step: number, loss: number) => ({ run, step, loss });

test('runs stand side by side, with gaps where one has no point', () =>
  expect(
    curveSeries([point('held-out 1 of 1', 1, 3), point('held-out 1 of 1', 3, 1), point('run 1 of 1', 2, 2)]),
  ).toEqual({
    steps: [1, 2, 3],
    runs: [
      { run: 'held-out 1 of 1', heldOut: true, losses: [3, null, 1] },
      { run: 'run 1 of 1', heldOut: false, losses: [null, 2, null] },
    ],
  }));

test('no point is lost, none is made up', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.record({ run: fc.constantFrom('run 1 of 2', 'run 2 of 2'), step: fc.nat(50), loss: fc.nat(9) }),
        {
          selector: ({ run, step }) => `${run} ${step}`,
        },
      ),
      (points) => {
        const { steps, runs } = curveSeries(points);
        const back = runs.flatMap(({ run, losses }) =>
          losses.flatMap((loss, index) => (loss === null ? [] : [point(run, steps[index]!, loss)])),
        );
        expect(back).toHaveLength(points.length);
        expect(back).toEqual(expect.arrayContaining(points));
      },
    ),
  ));

test('names and edges are told apart', () => {
  const [names, edges] = [
    [point('held-out 1 of 1', 1, 3)],
    [point('edges, held-out 1 of 1', 1, 2), point('edges', 1, 2)],
  ];
  expect(curveParts([...names, ...edges])).toEqual({ names, edges });
  expect(curveSeries(edges).runs.map(({ heldOut }) => heldOut)).toEqual([true, false]);
});

test('in words', () => {
  expect(curveWords([])).toMatch(/No step/);
  expect(curveWords([point('held-out 1 of 1', 1, 9), point('run 1 of 1', 1, 2.5), point('run 1 of 1', 40, 0.25)])).toBe(
    'Loss of run 1 of 1: 2.50 at step 1, 0.25 at step 40.',
  );
});
