import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ImportChoices, ImportPreview } from '#preload/contract/transfer-choices.ts';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import type { RowChange } from '#preload/domain/edit.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Review, Segment } from '#preload/domain/segment.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { importEdit, type ImportEdit } from '../annotation/import-edit.ts';
import { classNameKey } from '../annotation/class-names.ts';
import { splitChanges } from '../annotation/set-splits.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { ImportedAnnotations, ImportedSegment } from './annotation-set.ts';
import { meetAttributes, SaidAttributes, type MetAttributes } from './meet-attributes.ts';
import { fitSegment, saidSpan, type Fit } from './fit-row.ts';
import type { Format } from './format.ts';
import { LeftOut, mostRows, Places } from './left-out.ts';
import { ImportedExamples } from './imported-examples.ts';
import { classesToAdd, meetClasses, type MetClass } from './meet-classes.ts';
import { meetVideos } from './meet-videos.ts';
import type { FileOfAnnotations } from './read-on-thread.ts';
import { saidSplits } from './said-splits.ts';
import type { RowWithReason } from '#preload/domain/new-segment.ts';
import { someOf } from '#preload/domain/said-lists.ts';

/** An import before it is made: the edits that make it, and all that a person would want to know of it before. */
export interface ImportPlan {
  /** How many rows are taken. */
  readonly taken: number;
  /** The videos here that the file speaks of. */
  readonly videoIds: readonly number[];
  readonly told: Pick<ImportPreview, 'ignored' | 'videos' | 'classes' | 'leftOut' | 'cut' | 'warnings'>;
  /**
   * The edit of some rows, with the first the classes that are needed, reviews and splits; `nextId` and what follows it
   * are free for segments. To be built in order.
   */
  edit(part: readonly ImportedSegment[], nextId: number): ImportEdit;
  /** Some rows as segments, and with the first the classes that they need; nothing that is here counts. */
  rows(
    part: readonly ImportedSegment[],
    nextId: number,
  ): {
    readonly classes: readonly ActionClass[];
    readonly attributes: readonly RowChange<Attribute>[];
    readonly segments: readonly Segment[];
  };
}

/**
 * What a file's annotations become in a project as it is now. Changes nothing; linear in rows, videos and classes, some
 * thousand rows at a time. Fails with `cancelled` once the project closes.
 */
export async function planImport(
  project: OpenProject,
  file: string,
  format: Pick<Format, 'splitByDefault'>,
  imported: FileOfAnnotations,
  choices: ImportChoices,
): Promise<ImportPlan> {
  const { database } = project;
  const present = database.videos.present();
  const chosenVideos = new Map(choices.videos.map(({ name, videoId }) => [name, videoId]));
  const { videos, met: metVideos, warnings } = meetVideos(imported, present, chosenVideos);
  const all = database.classes.all();
  const classes = meetClasses(imported.classes, all, choices.classes);
  const fit = fitting(project, videos, classes);
  const { taken, isWanted, leftOut, cut, ofClass, saidAttributes } = await look(project, imported, videos, fit);
  const splitOf = choices.splits ? saidSplits(imported.videos, videos, format.splitByDefault ?? null) : new Map();
  const isInParts = imported.segments.length > imported.segments.partLength;
  const heading = { label: say('Import {{file}}', { file }), ...(isInParts && { series: randomUUID() }) };
  const beforeId = database.nextId('segments');
  const met = new Set<number>();
  const metAttributes = (known: readonly ActionClass[]): MetAttributes => {
    const idOf = new Map(known.filter(({ removed }) => !removed).map(({ id, name }) => [classNameKey(name), id]));
    return meetAttributes(
      saidAttributes,
      taken > 0 ? imported.attributes : [],
      database.attributes.all(),
      database.nextId('attributes'),
      (names) => names.flatMap((name) => idOf.get(classNameKey(name)) ?? []),
    );
  };
  let classOf: readonly (number | undefined)[] | null = null;
  let attributes: MetAttributes | null = null;
  const examples = new ImportedExamples();
  const rowsOf = (part: readonly ImportedSegment[], nextId: number) => {
    const meeting =
      classOf === null
        ? classesToAdd(imported.classes, classes, isWanted, database.classes.all(), database.nextId('classes'))
        : { classOf, added: [] };
    classOf = meeting.classOf;
    const isFirst = attributes === null;
    attributes ??= metAttributes([...database.classes.all(), ...meeting.added]);
    const { valuesOf } = attributes;
    const rows = part.flatMap((segment) => fit(segment) ?? []);
    return {
      classes: meeting.added,
      attributes: isFirst ? attributes.changes : [],
      segments: rows.map((row, index) => ({
        ...segmentOf(row, nextId + index, meeting.classOf, choices.as),
        ...detailsOf(row.segment, valuesOf),
      })),
      exampleOf: rows.map(({ segment }) => segment.exampleOf ?? []),
    };
  };

  return {
    taken,
    videoIds: [...new Set(videos.flatMap((video) => video?.id ?? []))],
    told: {
      ignored: imported.classes.reduce(
        (sum, _, index) => sum + (classes[index]!.by === 'ignored' ? ofClass[index]! : 0),
        0,
      ),
      videos: listedVideos(imported, videos, metVideos),
      classes: imported.classes.map(({ name }, index) => ({
        name,
        segments: ofClass[index]!,
        by: classes[index]!.by,
        classId: classes[index]!.classId,
      })),
      leftOut: leftOut.rows,
      cut: cut.rows,
      warnings: [
        ...warnings,
        ...nearClasses(imported, classes, all),
        ...metAttributes(all).warnings,
        ...leftOut.warnings,
        ...(cut.places.count > 0
          ? [
              say('{{count}} segments were cut at an edge of the video ({{places}}).', {
                count: cut.places.count,
                one: '{{count}} segment was cut at an edge of the video ({{places}}).',
                places: cut.places.named,
              }),
            ]
          : []),
      ],
    },
    edit(part, nextId) {
      const isFirst = classOf === null;
      const rows = rowsOf(part, nextId);
      const built = importEdit(
        heading,
        {
          ...rows,
          reviews: isFirst ? reviewsOf(imported, videos, classOf!) : [],
          splits: isFirst ? splitChanges(present, splitOf) : [],
        },
        {
          segmentsAt: (segment) => database.segments.at(segment, beforeId),
          reviewOf: (videoId, classId) => database.reviews.get(videoId, classId),
          met,
        },
      );
      examples.add(rows.classes);
      for (const [index, said] of rows.exampleOf.entries())
        for (const { class: of, place } of said) examples.take(classOf![of], built.rowOf.get(nextId + index)!, place);
      return { ...built, edit: examples.into(built.edit) };
    },
    rows: rowsOf,
  };
}

/** The segments some thousand at a time, and everybody else's turn between. Fails with `cancelled` once the project closes. */
export async function* inTurns(
  project: OpenProject,
  { segments }: FileOfAnnotations,
): AsyncGenerator<readonly ImportedSegment[]> {
  for (const part of segments.inParts()) {
    project.closing.throwIfAborted();
    yield part;
    await setImmediate();
  }
}

interface FittingRow extends Fit {
  readonly segment: ImportedSegment;
  readonly video: StoredVideo;
}

type Fitting = (segment: ImportedSegment, refuse?: (reason: Saying) => void) => FittingRow | null;

/** Which segments belong to videos that are here, as far as their classes have names and their times lie in the video. */
function fitting(project: OpenProject, videos: readonly (StoredVideo | null)[], classes: readonly MetClass[]): Fitting {
  const tables = new Map<number, FrameTable>();
  return (segment, refuse) => {
    const video = videos[segment.video] ?? null;
    const { by, fault } = classes[segment.class!]!;
    if (video === null || by === 'ignored') return null;
    if (fault !== null) {
      refuse?.(fault);
      return null;
    }
    const framesOf = ({ id }: StoredVideo): FrameTable => {
      const frames = tables.get(id) ?? project.frames(id);
      tables.set(id, frames);
      return frames;
    };
    const before = 'startS' in segment ? (segment.after ?? []).map((index) => videos[index] ?? null) : [];
    if (before.includes(null)) {
      refuse?.(say('it counts from the start of a video that is not in the project'));
      return null;
    }
    const playedUs = before.reduce((sum, one) => sum + framesOf(one!).lastEndUs, 0);
    const fit = fitSegment(segment, framesOf(video), playedUs);
    if (fit === null) refuse?.(say('a segment must lie inside its video'));
    return fit && { segment, video, ...fit };
  };
}

/** Goes through all rows before anything changes: what is taken, left out and cut, and how many there are of each. */
async function look(
  project: OpenProject,
  imported: FileOfAnnotations,
  videos: readonly (StoredVideo | null)[],
  fit: Fitting,
) {
  const leftOut = new LeftOut();
  for (const { place, reason } of imported.faults) leftOut.add(place, reason);
  const ofClass = new Uint32Array(imported.classes.length);
  const takenClasses = new Set<number>();
  const cut = { places: new Places(), rows: [] as RowWithReason[] };
  let taken = 0;
  const saidAttributes = new SaidAttributes();
  for await (const part of inTurns(project, imported)) {
    for (const segment of part) {
      if (segment.class !== null) ofClass[segment.class]! += 1;
      const row = fit(segment, (reason) => leftOut.add(segment.place, reason));
      if (row === null) continue;
      taken += 1;
      takenClasses.add(segment.class!);
      saidAttributes.add(segment.values);
      if (!row.isCut) continue;
      cut.places.add(segment.place);
      if (cut.rows.length < mostRows)
        cut.rows.push({
          place: segment.place,
          reason: say('{{span}} reaches over an edge of the video', { span: saidSpan(segment) }),
        });
    }
  }
  // Those of taken segments and, of a file with a list of its own, those that no segment has.
  const isTaken = taken > 0 || (imported.segments.length === 0 && imported.faults.length === 0);
  const takesList = isTaken && videos.some((video) => video !== null);
  const isWanted = (index: number): boolean => takenClasses.has(index) || (takesList && ofClass[index] === 0);
  return { taken, isWanted, leftOut, cut, ofClass, saidAttributes };
}

function segmentOf(
  { segment, video, span }: FittingRow,
  id: number,
  classOf: readonly (number | undefined)[],
  as: ImportChoices['as'],
): Segment {
  const isAsSaid = as === 'said' || as === 'layer' || segment.state === 'rejected';
  return {
    id,
    videoId: video.id,
    classId: classOf[segment.class!]!,
    ...span,
    state: isAsSaid ? segment.state : as,
    score: segment.score,
    source: segment.source,
    touched: isAsSaid ? segment.touched : as === 'accepted',
    ranking: segment.ranking.flatMap((entry) => {
      const classId = classOf[entry.class];
      return classId === undefined ? [] : [{ classId, probability: entry.probability }];
    }),
    note: segment.note,
    ...(segment.annotator !== undefined && { annotator: segment.annotator }),
  };
}

/** What is locked is a person's: no model run may take its place. */
function detailsOf({ subject, ambiguous, locked, values }: ImportedSegment, valuesOf: MetAttributes['valuesOf']) {
  const attributes = valuesOf(values);
  return {
    ...(subject !== undefined && { subject }),
    ...(ambiguous && { ambiguous: true as const }),
    ...(locked && { locked: true as const, touched: true }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}

const reviewsOf = (
  imported: FileOfAnnotations,
  videos: readonly (StoredVideo | null)[],
  classOf: readonly (number | undefined)[],
): Review[] =>
  imported.videos.flatMap(({ reviews }, index) =>
    reviews.flatMap(({ class: reviewed, state }) => {
      const [video, classId] = [videos[index] ?? null, classOf[reviewed]];
      return video === null || classId === undefined ? [] : [{ videoId: video.id, classId, state }];
    }),
  );

function listedVideos(
  imported: Pick<FileOfAnnotations, 'videos' | 'segmentsOfVideo'>,
  videos: readonly (StoredVideo | null)[],
  met: ReturnType<typeof meetVideos>['met'],
): ImportPreview['videos'] {
  const words = { unknown: 'none', ambiguous: 'several', found: 'name' } as const;
  const rows = imported.videos.map(({ fileName, subset }, index) => {
    const by = met[index]!;
    return {
      name: fileName,
      segments: imported.segmentsOfVideo[index]!,
      by: by === 'checksum' || by === 'name' || by === 'choice' ? by : words[by],
      videoId: videos[index]?.id ?? null,
      split: subset,
    };
  });
  const missing = rows.filter(({ videoId }) => videoId === null);
  const found = rows.filter(({ videoId }) => videoId !== null);
  return { found: found.length, missing: missing.length, rows: [...missing, ...found].slice(0, mostRows) };
}

/** One sentence about all classes that were met by another spelling or by a prompt. */
function nearClasses(
  { classes }: Pick<ImportedAnnotations, 'classes'>,
  met: readonly MetClass[],
  all: Parameters<typeof meetClasses>[1],
): Saying[] {
  const names = new Map(all.map(({ id, name }) => [id, name]));
  const near = classes.flatMap(({ name }, index) => {
    const { by, classId } = met[index]!;
    return by === 'spelling' || by === 'prompt'
      ? [say('{{name}} is {{known}}', { name, known: names.get(classId!)! })]
      : [];
  });
  return near.length === 0
    ? []
    : [say('Classes were met by their spelling or prompt: {{classes}}.', { classes: someOf(near) })];
}
