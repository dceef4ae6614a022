// The loss chart shows every run on one axis of steps, each point where it belongs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runName, type TrainingRun } from '#preload/domain/training-run.ts';
import { curveParts, curveSeries, curveWords } from './curve-series.ts';

const run = (learns: TrainingRun['learns'], without: TrainingRun['without'], number = 1): TrainingRun => ({
  learns,
  without,
  number,
  count: 2,
});
const [whole, heldOut, otherNames] = [run('prompts', null), run('prompts', 'videos'), run('prompts', 'classes')];
const point = (of: TrainingRun, step: number, loss: number) => ({ run: of, step, loss });

test('runs stand side by side, with gaps where one has no point', () =>
  expect(
    curveSeries([point(heldOut, 1, 3), point(heldOut, 3, 1), point(otherNames, 3, 4), point(whole, 2, 2)]),
  ).toEqual({
    steps: [1, 2, 3],
    runs: [
      { label: 'held-out 1 of 2', heldBack: true, losses: [3, null, 1] },
      { label: 'other names 1 of 2', heldBack: true, losses: [null, null, 4] },
      { label: 'run 1 of 2', heldBack: false, losses: [null, 2, null] },
    ],
  }));

test('no point is lost, none is made up', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ number: fc.constantFrom(1, 2), step: fc.nat(50), loss: fc.nat(9) }), {
        selector: ({ number, step }) => `${number} ${step}`,
      }),
      (drawn) => {
        const { steps, runs } = curveSeries(
          drawn.map(({ number, step, loss }) => point(run('prompts', null, number), step, loss)),
        );
        const back = runs.flatMap(({ label, losses }) =>
          losses.flatMap((loss, index) => (loss === null ? [] : [{ label, step: steps[index]!, loss }])),
        );
        expect(back).toHaveLength(drawn.length);
        expect(back).toEqual(
          expect.arrayContaining(
            drawn.map(({ number, step, loss }) => ({ label: runName(run('prompts', null, number)), step, loss })),
          ),
        );
      },
    ),
  ));

test('names and edges are told apart, and what saw everything from what did not', () => {
  const names = [point(heldOut, 1, 3)];
  const edges = [point(run('boundaries', 'videos'), 1, 2), point(run('boundaries', null), 1, 2)];
  expect(curveParts([...names, ...edges])).toEqual({ names, edges });
  expect(curveSeries(edges).runs.map(({ heldBack }) => heldBack)).toEqual([true, false]);
});

test('in words', () => {
  expect(curveWords([])).toMatch(/No step/);
  expect(curveWords([point(heldOut, 1, 9), point(whole, 1, 2.5), point(whole, 40, 0.25)])).toBe(
    'Loss of run 1 of 2: 2.50 at step 1, 0.25 at step 40.',
  );
});
