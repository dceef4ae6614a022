import fc from 'fast-check';
import type { Edit } from '#preload/domain/edit.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { createDatabase } from '../database/open-database.ts';
import type { ProjectDatabase } from '../database/project-database.ts';
import { addClass } from '../annotation/add-class.ts';
import { addAttribute, changeAttribute, removeAttribute } from '../annotation/change-attributes.ts';
import { changeClass } from '../annotation/change-class.ts';
import { createSegment } from '../annotation/create-segment.ts';
import { EditLog } from '../annotation/edit-log.ts';
import { mergeClasses } from '../annotation/merge-classes.ts';
import { mergeSegments } from '../annotation/merge-segments.ts';
import { moveSegments } from '../annotation/move-segments.ts';
import { removeClass } from '../annotation/remove-class.ts';
import { removeSegments } from '../annotation/remove-segments.ts';
import { bringVideoBack, removeVideo } from '../annotation/remove-video.ts';
import { replaceProposals } from '../annotation/replace-proposals.ts';
import { setReviews } from '../annotation/set-reviews.ts';
import { setSplits } from '../annotation/set-splits.ts';
import { splitSegment } from '../annotation/split-segment.ts';
import { updateSegments } from '../annotation/update-segments.ts';

export const frames = new FrameTable(
  Float64Array.from({ length: 300 }, (_, index) => index * 40_000),
  12_000_000,
);
export const videoIds = [1, 2];

/** A command by its kind and three numbers that choose among what is there. */
type Command = readonly [kind: keyof typeof commands, a: number, b: number, c: number];

/** A project with two videos, in which edits are drawn. */
export class World {
  readonly database: ProjectDatabase;
  readonly log: EditLog;

  constructor(committed: (edit: Edit) => void = () => undefined) {
    this.database = createDatabase({ file: ':memory:', backupFolder: '/nowhere', appVersion: 'test' }).database;
    this.log = new EditLog(this.database, committed);
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
      splits: videoIds.map((id) => this.database.videos.get(id)!.split),
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
  if (rows.length === 0) throw new Failure('bad-input', verbatim('nothing to choose from'));
  return rows[index % rows.length]!;
};

const span = (a: number, b: number) => ({
  startUs: (a % 280) * 40_000 + 13,
  endUs: ((a % 280) + 1 + (b % 15)) * 40_000 + 7,
});

export const context = (world: World) => ({
  classes: world.database.classes.all(),
  attributes: world.database.attributes.all(),
  framesOf: () => frames,
});

/** What a model found in a video takes the place of what it found before. */
export const propose = (
  world: World,
  videoId: number,
  found: Parameters<typeof replaceProposals>[1],
  { selected = new Set(), version = 'zero-shot' }: { selected?: ReadonlySet<number>; version?: string } = {},
) =>
  world.log.commit(() =>
    replaceProposals(videoId, found, {
      current: world.database.segments.ofVideo(videoId),
      model: 'm',
      version,
      selected,
      firstNewId: world.database.nextId('segments'),
      videoName: 'v',
    }),
  );

/** A model run that finds one to five segments where `a` and `b` say. */
export function modelRun(world: World, a: number, b: number): void {
  if (world.classes.length === 0) return;
  propose(
    world,
    pick(videoIds, a),
    Array.from({ length: 1 + (b % 5) }, (_, index) => ({
      ...frames.snapSpan(span(a * 3 + index * 40, b + index)),
      classId: pick(world.classes, index).id,
      score: ((a + index) % 10) / 10,
      ranking: [{ classId: pick(world.classes, index).id, probability: 0.5 }],
    })),
  );
}

/** Every kind of edit. */
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
      [videoId],
      [pick(world.classes, b)],
      pick(['unseen', 'in-progress', 'complete'] as const, c),
      (id) => world.database.reviews.ofVideo(id),
    );
  },
  deal: (world: World, a: number, b: number): Edit =>
    setSplits(
      [pick(world.database.videos.present(), a)],
      new Map(videoIds.map((id) => [id, pick(['train', 'validation', 'test', null] as const, b)])),
    ),
  removeVideo: (world: World, a: number): Edit => removeVideo(pick(world.database.videos.present(), a)),
  bringBack: (world: World, a: number): Edit => {
    const present = world.database.videos.present().map(({ id }) => id);
    const gone = videoIds.filter((id) => !present.includes(id));
    return bringVideoBack({ id: pick(gone, a), name: 'v' });
  },
};

const number = fc.nat({ max: 1000 });

export const anyCommand: fc.Arbitrary<Command> = fc.tuple(
  fc.constantFrom(...(Object.keys(commands) as (keyof typeof commands)[])),
  number,
  number,
  number,
);

/** Most sequences begin with what the others need. */
export const beginning: readonly Command[] = [
  ['addClass', 1, 2, 3],
  ['addClass', 2, 2, 3],
  ['addAttribute', 0, 0, 0],
  ['create', 10, 3, 0],
  ['create', 40, 5, 1],
];
