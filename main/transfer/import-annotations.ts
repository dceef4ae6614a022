import { basename } from 'node:path';
import type { ActionClass } from '#preload/domain/action-class.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Review, Segment } from '#preload/domain/segment.ts';
import { microsecondsOf } from '#preload/domain/span.ts';
import { newClasses } from '../annotation/add-class.ts';
import { classNameKey, readableClassName } from '../annotation/class-names.ts';
import { importEdit } from '../annotation/import-edit.ts';
import { splitChanges } from '../annotation/set-splits.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { ImportedAnnotations, ImportedSegment, SaidFrames, SaidSeconds } from './annotation-set.ts';
import { unknownFormat } from './export-annotations.ts';
import { formats } from './formats.ts';
import { LeftOut, mostRows, segmentCount, someOf } from './left-out.ts';
import { meetVideos } from './meet-videos.ts';
import { readAnnotations } from './read-annotations.ts';
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
 * Reads a file, or a folder of them, into the project as one undoable edit. Videos are known by checksum, else by name; what belongs to others,
 * and rows that cannot be true, are left out and named. A file of which nothing is taken changes nothing.
 * Fails with `bad-input`, `not-found` or `unreadable-annotations`, before anything changes.
 */
export async function importAnnotations(project: OpenProject, formatId: string, path: string): Promise<ImportOutcome> {
  const format = formats.find(({ id }) => id === formatId);
  if (format?.read === undefined) throw unknownFormat(formatId, 'read');
  const file = basename(path);
  const { imported, warnings: decoding } = await readAnnotations(format, path);
  const leftOut = new LeftOut();
  for (const { place, reason } of imported.faults) leftOut.add(place, reason);
  const { database } = project;

  const done = project.edits.commit(() => {
    const present = database.videos.present();
    const { videos, warnings } = meetVideos(imported, present);
    const rows = fittingRows(imported, videos, (id) => project.frames(id), leftOut);
    const { classOf, added } = meetClasses(imported, rows, videos, database.classes.all(), database.nextId('classes'));
    let nextId = database.nextId('segments');
    const segments = rows.map(({ segment, video, span }): Segment => {
      const { state, score, source, touched, note } = segment;
      return {
        id: nextId++,
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
    });
    const reviews = imported.videos.flatMap((of, index): Review[] => {
      const video = videos[index] ?? null;
      return of.reviews.flatMap(({ class: reviewed, state }) => {
        const classId = classOf[reviewed];
        return video === null || classId === undefined ? [] : [{ videoId: video.id, classId, state }];
      });
    });
    const splitOf = saidSplits(imported.videos, videos, format.splitByDefault ?? null);
    const touchedVideos = [...new Set(videos.flatMap((video) => video?.id ?? []))];
    const built = importEdit(
      `Import ${file}`,
      { classes: added, segments, reviews, splits: splitChanges(present, splitOf) },
      {
        segments: touchedVideos.flatMap((id) => database.segments.ofVideo(id)),
        reviews: touchedVideos.flatMap((id) => database.reviews.ofVideo(id)),
      },
    );
    return { ...built, warnings, taken: rows.length, cut: rows.filter(({ isCut }) => isCut) };
  });
  const { addedSegments, addedClasses, unchanged, overruled, cut } = done;
  const warnings = [...decoding, ...done.warnings, ...leftOut.warnings];
  if (cut.length > 0) {
    const places = cut.map(({ segment }) => segment.place);
    warnings.push(`${segmentCount(cut.length)} cut at an edge of the video (${someOf(places)}).`);
  }
  if (overruled > 0)
    warnings.push(
      overruled === 1
        ? '1 segment differs from what was decided here; yours were kept.'
        : `${overruled} segments differ from what was decided here; yours were kept.`,
    );
  if (done.taken === 0 && addedClasses === 0) warnings.push(`Nothing of ${file} was taken; nothing was added.`);
  return {
    addedSegments,
    addedClasses,
    unchanged,
    cut: cut.slice(0, mostRows).map(({ segment }) => ({
      place: segment.place,
      reason: `${saidSpan(segment)} reaches over an edge of the video`,
    })),
    warnings,
    leftOut: leftOut.rows,
  };
}

/** A segment's time in the file's own words. */
const saidSpan = (segment: ImportedSegment): string =>
  'startS' in segment
    ? `${segment.startS} s to ${segment.endS} s`
    : `frame ${segment.startFrame} to ${segment.endFrame}`;

interface FittingRow {
  readonly segment: ImportedSegment;
  readonly video: StoredVideo;
  /** On frame boundaries. */
  readonly span: { readonly startUs: number; readonly endUs: number };
  readonly isCut: boolean;
}

/** What reaches further over an edge than this was not meant to end with the video. */
const roundingUs = 1000;

/** The segments of videos that are here, as far as their classes have names and their times lie in the video. */
function fittingRows(
  imported: ImportedAnnotations,
  videos: readonly (StoredVideo | null)[],
  framesOf: (videoId: number) => FrameTable,
  leftOut: LeftOut,
): FittingRow[] {
  const tables = new Map<number, FrameTable>();
  const nameFaults = imported.classes.map(({ name }) => faultOfName(name));
  return imported.segments.flatMap((segment): FittingRow[] => {
    const video = videos[segment.video] ?? null;
    if (video === null) return [];
    const nameFault = nameFaults[segment.class!]!;
    if (nameFault !== null) {
      leftOut.add(segment.place, nameFault);
      return [];
    }
    const frames = tables.get(video.id) ?? framesOf(video.id);
    tables.set(video.id, frames);
    const fit = 'startS' in segment ? fitTimes(segment, frames) : fitFrames(segment, frames);
    if (fit === null) {
      leftOut.add(segment.place, 'a segment must lie inside its video');
      return [];
    }
    return [{ segment, video, ...fit }];
  });
}

/** Null where nothing of it lies in the video. */
function fitTimes({ startS, endS }: SaidSeconds, frames: FrameTable): Pick<FittingRow, 'span' | 'isCut'> | null {
  const [startUs, endUs] = [microsecondsOf(startS), microsecondsOf(endS)];
  if (startUs >= frames.lastEndUs || endUs <= frames.firstStartUs) return null;
  const isCut = startUs < Math.min(0, frames.firstStartUs) - roundingUs || endUs > frames.lastEndUs + roundingUs;
  return { span: frames.snapSpan({ startUs, endUs }), isCut };
}

function fitFrames(
  { startFrame, endFrame }: SaidFrames,
  frames: FrameTable,
): Pick<FittingRow, 'span' | 'isCut'> | null {
  if (startFrame >= frames.frameCount || endFrame <= 0) return null;
  const isCut = startFrame < 0 || (endFrame > frames.frameCount && endFrame !== Infinity);
  return { span: frames.spanOfFrames(startFrame, endFrame), isCut };
}

const longestName = 200;

function faultOfName(name: string): string | null {
  if (classNameKey(name) === '') return 'a class needs a name that can be seen';
  return readableClassName(name).length > longestName ? `a class name has at most ${longestName} letters` : null;
}

/**
 * The project's class for each of a file that is needed: those of taken segments and, of a file with a list of its own,
 * those that no segment has. New ones are made, in the file's order.
 */
function meetClasses(
  imported: ImportedAnnotations,
  rows: readonly FittingRow[],
  videos: readonly (StoredVideo | null)[],
  all: readonly ActionClass[],
  firstNewId: number,
): { readonly classOf: readonly (number | undefined)[]; readonly added: readonly ActionClass[] } {
  const taken = new Set(rows.map(({ segment }) => segment.class));
  const named = new Set(imported.segments.map((segment) => segment.class));
  const isTaken = rows.length > 0 || (imported.segments.length === 0 && imported.faults.length === 0);
  const takesList = isTaken && videos.some((video) => video !== null);
  const idOfKey = new Map<string, number>();
  for (const { name, id, removed } of all) {
    const key = classNameKey(name);
    if (!removed && !idOfKey.has(key)) idOfKey.set(key, id);
  }
  const wishes: ImportedAnnotations['classes'][number][] = [];
  const classOf = imported.classes.map((wish, index) => {
    const key = classNameKey(wish.name);
    const known = idOfKey.get(key);
    const isWanted = taken.has(index) || (takesList && !named.has(index));
    if (known !== undefined || !isWanted || faultOfName(wish.name) !== null) return known;
    idOfKey.set(key, firstNewId + wishes.length);
    wishes.push({ ...wish, name: readableClassName(wish.name) });
    return firstNewId + wishes.length - 1;
  });
  return { classOf, added: newClasses(firstNewId, wishes, all) };
}
