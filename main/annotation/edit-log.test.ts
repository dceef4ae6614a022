// Protects: every edit can be taken back and done again, whatever came before it, and model runs never touch what a person made.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { createDatabase } from '../database/open-database.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { addClass } from './add-class.ts';
import { addAttribute, changeAttribute, removeAttribute } from './change-attributes.ts';
import { changeClass } from './change-class.ts';
import { createSegment } from './create-segment.ts';
import { EditLog } from './edit-log.ts';
import { mergeClasses } from './merge-classes.ts';
import { mergeSegments } from './merge-segments.ts';
import { moveSegments } from './move-segments.ts';
import { removeClass } from './remove-class.ts';
import { removeSegments } from './remove-segments.ts';
import { bringVideoBack, removeVideo } from './remove-video.ts';
import { isUntouchedProposal, replaceProposals } from './replace-proposals.ts';
import { setReviews } from './set-reviews.ts';
import { splitSegment } from './split-segment.ts';
import { updateSegments } from './update-segments.ts';

const frames = new FrameTable(
  Float64Array.from({ length: 300 }, (_, index) => index * 40_000),
  12_000_000,
);
const videoIds = [1, 2];

/** A command by its kind and three numbers that choose among what is there. */
type Command = readonly [kind: keyof typeof commands, a: number, b: number, c: number];

class World {
  readonly database: ProjectDatabase;
  readonly log: EditLog;

  constructor() {
    this.database = createDatabase({ file: ':memory:', backupFolder: '/nowhere', appVersion: 'test' }).database;
    this.log = new EditLog(this.database, () => undefined);
    for (const checksum of videoIds.map(String)) {
      this.database.videos.insert({
        name: `${checksum}.mp4`,
        relativePath: null,
        absolutePath: `/${checksum}.mp4`,
        sizeBytes: 1,
        checksum,
        facts: filmFacts(frames.frameCount),
        frames: frames.toArray(),
        addedAt: 0,
      });
    }
  }

  get classes() {
    return this.database.classes.present();
  }

  get attributes() {
    return this.database.attributes.present();
  }

  segments() {
    return videoIds.flatMap((id) => this.database.segments.ofVideo(id));
  }

  /** Everything that an edit can change, log and identifiers left out. */
  state() {
    const classes = this.database.classes.all();
    return {
      classes,
      attributes: this.database.attributes.all(),
      segments: videoIds.flatMap((id) => this.database.segments.rowsOfVideo(id)),
      reviews: videoIds.flatMap((videoId) => classes.map(({ id }) => this.database.reviews.get(videoId, id))),
      videos: this.database.videos.present().map(({ id }) => id),
    };
  }

  /** Does nothing where the command is not possible in this state. */
  run([kind, a, b, c]: Command): void {
    try {
      this.log.commit(() => commands[kind](this, a, b, c));
    } catch (error) {
      if (!(error instanceof Failure) || !['bad-input', 'locked'].includes(error.code)) throw error;
    }
  }
}

const pick = <Row>(rows: readonly Row[], index: number): Row => {
  if (rows.length === 0) throw new Failure('bad-input', 'nothing to choose from');
  return rows[index % rows.length]!;
};

const span = (a: number, b: number) => ({
  startUs: (a % 280) * 40_000 + 13,
  endUs: ((a % 280) + 1 + (b % 15)) * 40_000 + 7,
});

const context = (world: World) => ({
  classes: world.database.classes.all(),
  attributes: world.database.attributes.all(),
  framesOf: () => frames,
});

const commands = {
  addClass: (world: World, a: number, b: number): Edit =>
    addClass(
      world.database.nextId('classes'),
      { name: `class ${a % 7}`, prompt: b % 2 === 0 ? `prompt ${b}` : undefined },
      world.database.classes.all(),
    ).edit,
  changeClass: (world: World, a: number, b: number, c: number): Edit =>
    changeClass(
      pick(world.classes, a),
      [
        { name: `other ${b}` },
        { colour: '#123456' },
        { digitKey: b % 10 },
        { position: b % world.classes.length },
        { prompt: `p${b}` },
        { parentId: b % 3 === 0 ? null : pick(world.classes, b).id },
        { definition: b % 3 === 0 ? '' : `what counts ${b}`, exclusive: b % 2 === 0 },
        { kind: b % 2 === 0 ? ('point' as const) : ('span' as const) },
        { morePrompts: Array.from({ length: b % 3 }, (_, index) => `p${b + index}`), examples: [1 + (b % 4)] },
      ][c % 9]!,
      world.database.classes.all(),
    ),
  removeClass: (world: World, a: number): Edit => {
    const value = pick(world.classes, a);
    return removeClass(value, world.database.segments.rowsOfClass(value.id));
  },
  mergeClasses: (world: World, a: number, b: number): Edit => {
    const [from, into] = [pick(world.classes, a), pick(world.classes, b)];
    return mergeClasses(from, into, world.database.segments.rowsOfClass(from.id), world.database.classes.all());
  },
  create: (world: World, a: number, b: number, c: number): Edit =>
    createSegment(world.database.nextId('segments'), pick(videoIds, c), span(a, b), {
      actionClass: pick(world.classes, b),
      frames,
    }),
  decide: (world: World, a: number, b: number): Edit =>
    updateSegments(
      [pick(world.segments(), a)],
      { state: pick(['accepted', 'rejected', 'proposed'] as const, b) },
      context(world),
    ),
  sayMore: (world: World, a: number, b: number, c: number): Edit =>
    updateSegments(
      [pick(world.segments(), a)],
      [
        { subject: b % 3 === 0 ? '' : `who ${b % 5}` },
        { ambiguous: b % 2 === 0 },
        { locked: b % 3 === 0 },
        { attributes: { [pick(world.attributes, b).id]: b % 4 === 0 ? null : pick(['left', 'right'], b) } },
      ][c % 4]!,
      context(world),
    ),
  addAttribute: (world: World, a: number): Edit =>
    addAttribute(
      world.database.nextId('attributes'),
      { name: `attribute ${a % 5}`, kind: 'choice', options: ['left', 'right'], required: false, classIds: null },
      world.database.attributes.all(),
    ),
  changeAttribute: (world: World, a: number, b: number, c: number): Edit => {
    const attribute = pick(world.attributes, a);
    return changeAttribute(
      attribute,
      [
        { name: `other ${b}` },
        { options: ['left', 'right', `${b}`], position: b % world.attributes.length },
        { options: ['right'], unfit: b % 2 === 0 ? ('clear' as const) : ('refuse' as const) },
        { options: ['port', 'right'], renamed: { left: 'port' } },
        { kind: 'text' as const },
      ][c % 5]!,
      world.database.attributes.all(),
      world.database.segments.withAttribute(attribute.id),
    );
  },
  removeAttribute: (world: World, a: number): Edit => removeAttribute(pick(world.attributes, a)),
  decideMany: (world: World, a: number, b: number): Edit =>
    updateSegments(
      [...new Set([pick(world.segments(), a), pick(world.segments(), b)])],
      { state: 'accepted' },
      context(world),
    ),
  move: (world: World, a: number, b: number, c: number): Edit =>
    updateSegments([pick(world.segments(), a)], span(b, c), context(world)),
  moveMany: (world: World, a: number, b: number, c: number): Edit =>
    moveSegments(
      [...new Set([pick(world.segments(), a), pick(world.segments(), b)])].map((segment, index) => ({
        segment,
        to: { ...span(b + index, c), classId: pick(world.classes, c).id },
      })),
      context(world),
    ),
  relabel: (world: World, a: number, b: number): Edit =>
    updateSegments([pick(world.segments(), a)], { classId: pick(world.classes, b).id, note: `n${b}` }, context(world)),
  split: (world: World, a: number, b: number): Edit => {
    const segment = pick(world.segments(), a);
    const atUs = segment.startUs + ((b % 10) / 10) * (segment.endUs - segment.startUs);
    return splitSegment(segment, atUs, world.database.nextId('segments'), { classes: world.classes, frames });
  },
  merge: (world: World, a: number): Edit => {
    const one = pick(world.segments(), a);
    const alike = world.segments().filter((other) => other.videoId === one.videoId && other.classId === one.classId);
    return mergeSegments(alike, world.classes).edit;
  },
  remove: (world: World, a: number): Edit => removeSegments([pick(world.segments(), a)], world.classes),
  review: (world: World, a: number, b: number, c: number): Edit => {
    const videoId = pick(videoIds, a);
    return setReviews(
      videoId,
      [pick(world.classes, b)],
      pick(['unseen', 'in-progress', 'complete'] as const, c),
      world.database.reviews.ofVideo(videoId),
    );
  },
  removeVideo: (world: World, a: number): Edit => removeVideo(pick(world.database.videos.present(), a)),
  bringBack: (world: World, a: number): Edit => {
    const present = world.database.videos.present().map(({ id }) => id);
    const gone = videoIds.filter((id) => !present.includes(id));
    return bringVideoBack({ id: pick(gone, a), name: 'v' });
  },
};

/** What a model found in a video takes the place of what it found before. */
const propose = (world: World, videoId: number, found: Parameters<typeof replaceProposals>[1]) =>
  world.log.commit(() =>
    replaceProposals(videoId, found, {
      current: world.database.segments.ofVideo(videoId),
      model: 'm',
      version: 'zero-shot',
      firstNewId: world.database.nextId('segments'),
      videoName: 'v',
    }),
  );

function modelRun(world: World, a: number, b: number): void {
  if (world.classes.length === 0) return;
  const videoId = pick(videoIds, a);
  propose(
    world,
    videoId,
    Array.from({ length: 1 + (b % 5) }, (_, index) => ({
      ...frames.snapSpan(span(a * 3 + index * 40, b + index)),
      classId: pick(world.classes, index).id,
      score: ((a + index) % 10) / 10,
      ranking: [{ classId: pick(world.classes, index).id, probability: 0.5 }],
    })),
  );
}

const foundAt = (startUs: number) => [{ classId: 1, startUs, endUs: startUs + 2_000_000, score: 0.9, ranking: [] }];

const number = fc.nat({ max: 1000 });
const command: fc.Arbitrary<Command> = fc.tuple(
  fc.constantFrom(...(Object.keys(commands) as (keyof typeof commands)[])),
  number,
  number,
  number,
);
/** Most sequences begin with what the others need. */
const beginning: readonly Command[] = [
  ['addClass', 1, 2, 3],
  ['addClass', 2, 2, 3],
  ['addAttribute', 0, 0, 0],
  ['create', 10, 3, 0],
  ['create', 40, 5, 1],
];

describe('undo and redo', () => {
  test('take any sequence of edits back to the beginning and forth to the end, through every state between', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (sequence) => {
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
    { weight: 4, arbitrary: command.map((value) => ({ command: value })) },
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
