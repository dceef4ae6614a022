// Protects: every edit can be taken back and done again, whatever came before it, and model runs never touch what a person made.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUntouchedProposal } from './replace-proposals.ts';
import { updateSegments } from './update-segments.ts';
import { World, anyCommand, beginning, context, modelRun, propose } from '../testing/drawn-edits.ts';

const foundAt = (startUs: number) => [{ classId: 1, startUs, endUs: startUs + 2_000_000, score: 0.9, ranking: [] }];

const number = fc.nat({ max: 1000 });

describe('undo and redo', () => {
  test('take any sequence of edits back to the beginning and forth to the end, through every state between', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 25 }), (sequence) => {
        const world = new World();
        const states = [world.state()];
        for (const each of [...beginning, ...sequence]) {
          const before = world.database.edits.lastDone()?.id;
          world.run(each);
          if (world.database.edits.lastDone()?.id !== before) states.push(world.state());
        }
        for (const state of states.slice(0, -1).toReversed()) {
          world.log.undo();
          expect(world.state()).toEqual(state);
        }
        expect(() => world.log.undo()).toThrow(/nothing to undo/u);
        for (const state of states.slice(1)) {
          world.log.redo();
          expect(world.state()).toEqual(state);
        }
        expect(() => world.log.redo()).toThrow(/nothing to redo/u);
      }),
      { numRuns: 60 },
    );
  });

  test('a new edit ends the possibility to redo; the log keeps what was undone', () => {
    const world = new World();
    for (const each of beginning) world.run(each);
    world.log.undo();
    world.run(['create', 100, 3, 0]);
    expect(world.log.state().redo).toBeNull();
    expect(world.database.edits.headings(null, 100).filter(({ standing }) => standing === 'discarded')).toHaveLength(1);
  });

  test('an edit that changes nothing is not logged', () => {
    const world = new World();
    for (const each of beginning) world.run(each);
    const before = world.database.edits.headings(null, 100);
    world.run(['decide', 0, 0, 0]);
    expect(world.database.edits.headings(null, 100)).toEqual(before);
  });
});

describe('model runs', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: anyCommand.map((value) => ({ command: value })) },
    { weight: 2, arbitrary: fc.tuple(number, number).map((value) => ({ modelRun: value })) },
    { weight: 2, arbitrary: fc.constant({ undo: true }) },
    { weight: 1, arbitrary: fc.constant({ redo: true }) },
  );

  test('never change a row that a person decided, drew or changed, and never stop undo and redo', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const world = new World();
        for (const each of beginning) world.run(each);
        modelRun(world, 3, 4);
        for (const each of steps) {
          if ('command' in each) world.run(each.command);
          else if ('modelRun' in each) {
            const theirs = () => world.state().segments.filter((row) => !isUntouchedProposal(row));
            const before = theirs();
            modelRun(world, ...each.modelRun);
            expect(theirs()).toEqual(before);
          } else if ('undo' in each && world.log.state().undo !== null) world.log.undo();
          else if ('redo' in each && world.log.state().redo !== null) world.log.redo();
        }
        while (world.log.state().undo !== null) world.log.undo();
        expect(world.state().classes).toEqual([]);
        expect(world.state().segments).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('do not propose again what a person accepted, rejected or relabelled', () => {
    const world = new World();
    for (const each of beginning.slice(0, 2)) world.run(each);
    const run = () =>
      propose(
        world,
        1,
        [0, 1, 2].map((index) => ({
          startUs: index * 2_000_000,
          endUs: index * 2_000_000 + 1_000_000,
          classId: 1,
          score: 0.9,
          ranking: [{ classId: 1, probability: 0.9 }],
        })),
      );
    run();
    const [first, second, third] = world.database.segments.ofVideo(1);
    world.log.commit(() => updateSegments([first!], { state: 'accepted', endUs: 1_200_000 }, context(world)));
    world.log.commit(() => updateSegments([second!], { state: 'rejected' }, context(world)));
    world.log.commit(() => updateSegments([third!], { classId: 2 }, context(world)));
    const decided = world.database.segments.ofVideo(1);
    run();
    expect(world.database.segments.ofVideo(1)).toEqual(decided);
  });

  test('do not propose again what a person relabelled, also where it was a second guess', () => {
    const world = new World();
    world.run(['addClass', 1, 2, 3]);
    world.run(['addClass', 2, 2, 3]);
    const ranking = [
      { classId: 2, probability: 0.6 },
      { classId: 1, probability: 0.3 },
    ];
    const found = [1, 2].map((classId) => ({ startUs: 0, endUs: 1_000_000, classId, score: 0.5, ranking }));
    propose(world, 1, found);
    const guessed = world.segments().find(({ classId }) => classId === 1)!;
    world.log.commit(() => updateSegments([guessed], { state: 'accepted', classId: 2 }, context(world)));
    propose(world, 1, found);
    expect(world.segments()).toMatchObject([{ id: guessed.id, classId: 2, state: 'accepted' }]);
  });

  test('move the edges of what was there: a person who looks at it keeps it, one stays one', () => {
    const world = new World();
    world.run(['addClass', 1, 2, 3]);
    propose(world, 1, [...foundAt(0), ...foundAt(10_000_000)]);
    const [first, second] = world.segments();
    propose(world, 1, [...foundAt(10_000_000), ...foundAt(400_000), ...foundAt(800_000)]);
    const [moved, newest, other] = world.segments();
    expect(moved).toMatchObject({ id: first!.id, startUs: 400_000 });
    expect(other).toMatchObject({ id: second!.id, startUs: 10_000_000 });
    expect(newest!.id).toBeGreaterThan(second!.id);
    // Somewhere else, or another class: another one.
    propose(world, 1, foundAt(5_000_000));
    expect(world.segments().map(({ id }) => id)).not.toContain(first!.id);
  });

  test('leave what somebody is about to decide where it is, until they look elsewhere', () => {
    const world = new World();
    world.run(['addClass', 1, 2, 3]);
    propose(world, 1, [...foundAt(0), ...foundAt(10_000_000)]);
    const [first, second] = world.segments();
    propose(world, 1, foundAt(5_000_000), { selected: new Set([first!.id]) });
    expect(world.segments()).toMatchObject([first!, { startUs: 5_000_000 }]);
    expect(world.segments().map(({ id }) => id)).not.toContain(second!.id);
    propose(world, 1, foundAt(5_000_000));
    expect(world.segments()).toMatchObject([{ startUs: 5_000_000 }]);
  });

  test('between undo and redo of a decision leave one segment, the decided one', () => {
    const world = new World();
    world.run(['addClass', 1, 2, 3]);
    propose(world, 1, foundAt(0));
    world.log.commit(() => updateSegments(world.segments(), { state: 'accepted' }, context(world)));
    const decided = world.segments();
    world.log.undo();
    propose(world, 1, foundAt(40_000));
    world.log.redo();
    expect(world.segments()).toEqual(decided);
  });

  test('do not take a decision away that was made of what they have just replaced', () => {
    const world = new World();
    world.run(['addClass', 1, 2, 3]);
    propose(world, 1, foundAt(0));
    const [seen] = world.segments();
    propose(world, 1, foundAt(1_500_000));
    propose(world, 1, foundAt(40_000));
    expect(world.database.segments.get(seen!.id)).toBeNull();
    const replaced = world.database.edits.replacedProposal(seen!.id);
    expect(replaced).toEqual(seen);
    world.log.commit(() => updateSegments([replaced!], { state: 'accepted' }, context(world)));
    expect(world.segments()).toEqual([{ ...seen, state: 'accepted', touched: true }]);
    world.log.undo();
    expect(world.segments()).toEqual([seen]);
    expect(world.database.edits.replacedProposal(seen!.id)).toBeNull();
  });

  test('leave what a page may still show decidable, though they went by it twice', () => {
    const world = new World();
    world.run(['addClass', 1, 2, 3]);
    propose(world, 1, foundAt(0));
    const [seen] = world.segments();
    propose(world, 1, foundAt(1_500_000));
    propose(world, 1, foundAt(3_000_000));
    expect(world.database.edits.replacedProposal(seen!.id)).toEqual(seen);
  });

  test('keep the identifier of a proposal that is made again, and forget runs of which nothing is left', () => {
    const world = new World();
    for (const each of beginning.slice(0, 2)) world.run(each);
    modelRun(world, 0, 2);
    const before = world.database.segments.ofVideo(1).map(({ id }) => id);
    modelRun(world, 0, 2);
    expect(world.database.segments.ofVideo(1).map(({ id }) => id)).toEqual(before);
    for (let times = 0; times < 10; times += 1) modelRun(world, 40 * times, times);
    const silent = world.database.edits.headings(null, 500).filter(({ source }) => source === 'model');
    expect(silent.length).toBeLessThan(5);
  });
});
