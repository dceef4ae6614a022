// Protects: going back to a restore point gives exactly the rows of then, whatever came between, and undo of that exactly the rows of now.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { english } from '#preload/domain/saying.ts';
import { differencesFromLog } from './replay-edits.ts';
import { World, anyCommand, beginning, context, frames, modelRun, propose, videoIds } from '../testing/drawn-edits.ts';
import { createSegments } from '../annotation/create-segments.ts';
import { goBackEdit, lookBack, restorePointOf } from '../annotation/go-back.ts';
import { RowsThen } from '../annotation/rows-then.ts';
import { updateSegments } from '../annotation/update-segments.ts';

const number = fc.nat({ max: 1000 });
const step = fc.oneof(
  { weight: 5, arbitrary: anyCommand.map((value) => ({ command: value })) },
  { weight: 3, arbitrary: fc.tuple(number, number).map((value) => ({ modelRun: value })) },
  { weight: 2, arbitrary: fc.constant({ undo: true }) },
  { weight: 2, arbitrary: fc.constant({ redo: true }) },
  { weight: 2, arbitrary: fc.constant({ point: true }) },
  { weight: 1, arbitrary: number.map((value) => ({ goBack: value })) },
);

async function goBack(world: World, pointId: number): Promise<void> {
  const point = restorePointOf(world.database, pointId);
  const then = await RowsThen.since(world.database, point);
  world.log.commit(() => {
    then.catchUp(world.database);
    return goBackEdit(world.database, point, then);
  });
}

test('any edits, model runs, undoes and redoes later', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 50 }), number, async (steps, choice) => {
      const world = new World();
      for (const each of beginning) world.run(each);
      modelRun(world, 3, 4);
      const points: { readonly id: number; readonly state: ReturnType<World['state']> }[] = [];
      const set = () => points.push({ state: world.state(), id: world.log.setPoint(`point ${points.length}`) });
      set();
      for (const each of steps) {
        if ('command' in each) world.run(each.command);
        else if ('modelRun' in each) modelRun(world, ...each.modelRun);
        else if ('point' in each) set();
        else if ('goBack' in each) await goBack(world, points[each.goBack % points.length]!.id);
        else if ('undo' in each && world.log.state().undo !== null) world.log.undo();
        else if ('redo' in each && world.log.state().redo !== null) world.log.redo();
      }
      const now = world.state();
      const { id, state } = points[choice % points.length]!;
      const last = world.database.edits.lastId();
      await goBack(world, id);
      expect(world.state()).toEqual(state);
      expect(differencesFromLog(world.database)).toEqual([]);
      if (world.database.edits.lastId() === last) return;
      world.log.undo();
      expect(world.state()).toEqual(now);
      expect(differencesFromLog(world.database)).toEqual([]);
      world.log.redo();
      expect(world.state()).toEqual(state);
    }),
    { numRuns: 150 },
  );
});

describe('restore points', () => {
  const begun = (): World => {
    const world = new World();
    for (const each of beginning) world.run(each);
    return world;
  };
  const names = (world: World) => world.database.restorePoints.all().map(({ name }) => english(name));
  const many = (world: World, count: number) =>
    world.log.commit(() =>
      createSegments(
        1,
        'paste',
        Array.from({ length: count }, (_, index) => ({
          class: 1,
          startUs: index * 80_000,
          endUs: index * 80_000 + 80_000,
          state: 'accepted' as const,
          note: '',
        })),
        {
          attributes: [],
          classes: world.database.classes.all(),
          frames,
          firstSegmentId: world.database.nextId('segments'),
          firstClassId: world.database.nextId('classes'),
        },
      ),
    );

  test('come by themselves before many segments at once, and before the first run of a model version', () => {
    const world = begun();
    many(world, 19);
    expect(names(world)).toEqual([]);
    many(world, 20);
    expect(names(world)).toHaveLength(1);
    const found = [{ classId: 1, startUs: 0, endUs: 2_000_000, score: 0.9, ranking: [] }];
    propose(world, 2, found);
    propose(world, 2, [{ ...found[0]!, endUs: 2_040_000 }]);
    propose(world, 2, found, { version: 'Version 1' });
    expect(names(world).slice(0, 2)).toEqual(['Before: Proposals by m, Version 1', 'Before: Proposals by m']);
  });

  test('keep a model’s proposals of then, though runs went by them many times since', async () => {
    const world = begun();
    modelRun(world, 0, 4);
    const state = world.state();
    const id = world.log.setPoint('then');
    for (let times = 1; times < 12; times += 1) modelRun(world, 40 * times, times);
    await goBack(world, id);
    expect(world.state()).toEqual(state);
  });

  test('no longer keep runs in the log once they are gone', () => {
    const world = begun();
    const ids = Array.from({ length: 12 }, (_, times) => {
      const id = world.log.setPoint(`point ${times}`);
      const startUs = 2_400_000 * (times % 5);
      propose(world, 2, [{ classId: 1, startUs, endUs: startUs + 400_000, score: 0.9, ranking: [] }]);
      return id;
    });
    const runs = () => world.database.edits.headings(null, 1000).filter(({ source }) => source === 'model').length;
    expect(runs()).toBeGreaterThan(10);
    for (const id of ids) world.database.restorePoints.remove(id);
    expect(runs()).toBeLessThan(5);
  });

  test('say what going back would change, and change nothing by being looked at', async () => {
    const world = begun();
    const id = world.log.setPoint('then');
    const [first, second] = world.segments();
    world.log.commit(() => updateSegments([first!], { state: 'rejected' }, context(world)));
    world.run(['remove', 1, 0, 0]);
    many(world, 3);
    const before = world.state();
    const seen = await lookBack(world.database, restorePointOf(world.database, id));
    expect(world.state()).toEqual(before);
    expect(seen.segmentCount).toBe(5);
    expect(seen.segments.find((row) => row.id === first!.id)).toMatchObject({ becomes: 'changed', state: 'accepted' });
    expect(seen.segments.find((row) => row.id === second!.id)).toMatchObject({ becomes: 'back' });
    expect(seen.segments.filter(({ becomes }) => becomes === 'gone')).toHaveLength(3);
    expect(seen.videos.reduce((sum, { back, gone, changed }) => sum + back + gone + changed, 0)).toBe(5);
    expect(seen.makers).toEqual([{ annotator: null, count: 3 }]);
    expect(seen.videos.map(({ videoId }) => videoId)).toEqual(videoIds);
  });

  test('are kept when a person named them, and the oldest of the others go', () => {
    const world = begun();
    world.log.setPoint('mine');
    for (let times = 0; times < 70; times += 1) many(world, 20);
    expect(names(world)).toContain('mine');
    expect(names(world)).toHaveLength(61);
  });
});
