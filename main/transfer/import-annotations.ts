import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { counted } from '#preload/domain/counted.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Review, Segment } from '#preload/domain/segment.ts';
import { importEdit } from '../annotation/import-edit.ts';
import { splitChanges } from '../annotation/set-splits.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { ImportedSegment } from './annotation-set.ts';
import { unknownFormat } from './export-annotations.ts';
import { fitSegment, saidSpan } from './fit-row.ts';
import type { Fit } from './fit-row.ts';
import { formats } from './formats.ts';
import { LeftOut, mostRows, Places, segmentCount } from './left-out.ts';
import { faultOfName, meetClasses } from './meet-classes.ts';
import { meetVideos } from './meet-videos.ts';
import type { FileOfAnnotations } from './read-on-thread.ts';
import { readOnThread } from './read-on-thread.ts';
import { saidSplits } from './said-splits.ts';

export interface ImportOutcome {
  readonly addedSegments: number;
  readonly addedClasses: number;
  /** Segments that were there already. */
  readonly unchanged: number;
  /** Segments that reached over an edge of their video and were cut there, the first thousand of them. */
  readonly cut: { place: string; reason: string }[];
  readonly warnings: string[];
  /** Rows that cannot be taken, the first thousand of them; of each kind there is a warning with the count of all. */
  readonly leftOut: { place: string; reason: string }[];
}

/**
 * Reads a file, or a folder of them, into the project as one step to undo; a long one is stored part by part, so that
 * everything else goes on meanwhile. Videos are known by checksum, else by name; what belongs to others, and rows that
 * cannot be true, are left out and named. A file of which nothing is taken changes nothing.
 * Fails with `bad-input`, `not-found` or `unreadable-annotations`, before anything changes; with `cancelled` where the
 * project closes meanwhile.
 */
export async function importAnnotations(project: OpenProject, formatId: string, path: string): Promise<ImportOutcome> {
  const format = formats.find(({ id }) => id === formatId);
  if (format?.read === undefined) throw unknownFormat(formatId, 'read');
  const file = basename(path);
  const imported = await readOnThread(format, path, project.closing);
  const { videos, warnings } = meetVideos(imported, project.database.videos.present());
  const { taken, named, leftOut, cut } = await looked(project, imported, videos);
  const done = await stored(project, imported, videos, {
    file,
    taken,
    named,
    splitOf: saidSplits(imported.videos, videos, format.splitByDefault ?? null),
  });

  const told = [...imported.warnings, ...warnings, ...leftOut.warnings];
  if (cut.places.count > 0)
    told.push(`${segmentCount(cut.places.count)} cut at an edge of the video (${String(cut.places)}).`);
  if (done.overruled > 0)
    told.push(
      `${counted(done.overruled, 'segment differs', 'segments differ')} from what was decided here; yours were kept.`,
    );
  if (taken.size === 0 && done.addedClasses === 0) told.push(`Nothing of ${file} was taken; nothing was added.`);
  const { addedSegments, addedClasses, unchanged } = done;
  return { addedSegments, addedClasses, unchanged, cut: cut.rows, warnings: told, leftOut: leftOut.rows };
}

interface FittingRow extends Fit {
  readonly segment: ImportedSegment;
  readonly video: StoredVideo;
}

/** Which segments belong to videos that are here, as far as their classes have names and their times lie in the video. */
function fitting(
  project: OpenProject,
  { classes }: FileOfAnnotations,
  videos: readonly (StoredVideo | null)[],
): (segment: ImportedSegment, refuse?: (reason: string) => void) => FittingRow | null {
  const tables = new Map<number, FrameTable>();
  const nameFaults = classes.map(({ name }) => faultOfName(name));
  return (segment, refuse) => {
    const video = videos[segment.video] ?? null;
    if (video === null) return null;
    const nameFault = nameFaults[segment.class!]!;
    if (nameFault !== null) {
      refuse?.(nameFault);
      return null;
    }
    const frames = tables.get(video.id) ?? project.frames(video.id);
    tables.set(video.id, frames);
    const fit = fitSegment(segment, frames);
    if (fit === null) refuse?.('a segment must lie inside its video');
    return fit && { segment, video, ...fit };
  };
}

/** Goes through all rows before anything changes: which classes are taken, which are named, what is left out and what is cut. */
async function looked(project: OpenProject, imported: FileOfAnnotations, videos: readonly (StoredVideo | null)[]) {
  const leftOut = new LeftOut();
  for (const { place, reason } of imported.faults) leftOut.add(place, reason);
  const fit = fitting(project, imported, videos);
  const [taken, named] = [new Set<number>(), new Set<number>()];
  const cut = { places: new Places(), rows: [] as { place: string; reason: string }[] };
  for await (const part of inTurns(project, imported)) {
    for (const segment of part) {
      named.add(segment.class!);
      const row = fit(segment, (reason) => leftOut.add(segment.place, reason));
      if (row === null) continue;
      taken.add(segment.class!);
      if (!row.isCut) continue;
      cut.places.add(segment.place);
      if (cut.rows.length < mostRows)
        cut.rows.push({ place: segment.place, reason: `${saidSpan(segment)} reaches over an edge of the video` });
    }
  }
  return { taken, named, leftOut, cut };
}

/** Stores the rows part by part, with the first the classes that they need, reviews and splits. */
async function stored(
  project: OpenProject,
  imported: FileOfAnnotations,
  videos: readonly (StoredVideo | null)[],
  {
    file,
    taken,
    named,
    splitOf,
  }: {
    readonly file: string;
    readonly taken: ReadonlySet<number>;
    readonly named: ReadonlySet<number>;
    readonly splitOf: ReturnType<typeof saidSplits>;
  },
) {
  const { database } = project;
  const fit = fitting(project, imported, videos);
  // A file with a list of classes of its own brings those that no segment has, too.
  const isTaken = taken.size > 0 || (imported.segments.length === 0 && imported.faults.length === 0);
  const takesList = isTaken && videos.some((video) => video !== null);
  const isWanted = (index: number): boolean => taken.has(index) || (takesList && !named.has(index));
  const firstNewId = database.nextId('segments');
  const met = new Set<number>();
  const series = randomUUID();
  const outcome = { addedSegments: 0, addedClasses: 0, unchanged: 0, overruled: 0 };
  let classOf: readonly (number | undefined)[] | null = null;

  const commit = (part: readonly ImportedSegment[], isOnly: boolean): void => {
    const built = project.edits.commit(() => {
      const isFirst = classOf === null;
      const meeting = isFirst
        ? meetClasses(imported.classes, isWanted, database.classes.all(), database.nextId('classes'))
        : { classOf: classOf!, added: [] };
      classOf = meeting.classOf;
      let nextId = database.nextId('segments');
      const segments = part.flatMap((segment) => {
        const row = fit(segment);
        return row === null ? [] : segmentOf(row, nextId++, meeting.classOf);
      });
      const reviews = isFirst ? reviewsOf(imported, videos, meeting.classOf) : [];
      return importEdit(
        { label: `Import ${file}`, ...(isOnly ? {} : { series }) },
        {
          classes: meeting.added,
          segments,
          reviews,
          splits: isFirst ? splitChanges(database.videos.present(), splitOf) : [],
        },
        {
          segmentsAt: (segment) => database.segments.at(segment, firstNewId),
          reviewOf: (videoId, classId) => database.reviews.get(videoId, classId),
          met,
        },
      );
    });
    for (const name of ['addedSegments', 'addedClasses', 'unchanged', 'overruled'] as const)
      outcome[name] += built[name];
  };
  for await (const part of inTurns(project, imported)) commit(part, part.length === imported.segments.length);
  if (classOf === null) commit([], true);
  return outcome;
}

/** The segments some thousand at a time, and everybody else's turn between. Fails with `cancelled` once the project closes. */
async function* inTurns(
  project: OpenProject,
  { segments }: FileOfAnnotations,
): AsyncGenerator<readonly ImportedSegment[]> {
  for (const part of segments.inParts()) {
    project.closing.throwIfAborted();
    yield part;
    await setImmediate();
  }
}

function segmentOf(
  { segment, video, span }: FittingRow,
  id: number,
  classOf: readonly (number | undefined)[],
): Segment {
  const { state, score, source, touched, note } = segment;
  return {
    id,
    videoId: video.id,
    classId: classOf[segment.class!]!,
    ...span,
    state,
    score,
    source,
    touched,
    ranking: segment.ranking.flatMap((entry) => {
      const classId = classOf[entry.class];
      return classId === undefined ? [] : [{ classId, probability: entry.probability }];
    }),
    note,
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
