import type { ImportChoices, ImportPreview } from '#preload/contract/transfer-choices.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Review, Segment } from '#preload/domain/segment.ts';
import { microsecondsOf } from '#preload/domain/span.ts';
import { importEdit } from '../annotation/import-edit.ts';
import { splitChanges } from '../annotation/set-splits.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { ImportedAnnotations, ImportedSegment, SaidFrames, SaidSeconds } from './annotation-set.ts';
import type { Format } from './format.ts';
import { LeftOut, mostRows, segmentCount, someOf } from './left-out.ts';
import { classesToAdd, meetClasses, type MetClass } from './meet-classes.ts';
import { meetVideos } from './meet-videos.ts';
import { saidSplits } from './said-splits.ts';

/** An import as a value: the edit that makes it, and all that a person would want to know of it before. */
interface ImportPlan extends Omit<ImportPreview, 'movedVideos'> {
  readonly edit: Edit;
}

/** What a file's annotations become in a project as it is now. Changes nothing; linear in rows, videos and classes. */
export function planImport(
  project: OpenProject,
  file: string,
  format: Format,
  imported: ImportedAnnotations,
  choices: ImportChoices,
): ImportPlan {
  const { database } = project;
  const present = database.videos.present();
  const chosenVideos = new Map(choices.videos.map(({ name, videoId }) => [name, videoId]));
  const { videos, met, warnings } = meetVideos(imported, present, chosenVideos);
  const all = database.classes.all();
  const classes = meetClasses(imported.classes, all, choices.classes);
  const leftOut = new LeftOut();
  for (const { place, reason } of imported.faults) leftOut.add(place, reason);
  const rows = fittingRows(imported, videos, classes, (id) => project.frames(id), leftOut);
  const { classOf, added } = classesToAdd(
    imported.classes,
    classes,
    wantedClasses(imported, rows, videos),
    all,
    database.nextId('classes'),
  );
  const firstId = database.nextId('segments');
  const segments = rows.map((row, index) => segmentOf(row, firstId + index, classOf, choices.as));
  const reviews = imported.videos.flatMap((of, index): Review[] => {
    const video = videos[index] ?? null;
    return of.reviews.flatMap(({ class: reviewed, state }) => {
      const classId = classOf[reviewed];
      return video === null || classId === undefined ? [] : [{ videoId: video.id, classId, state }];
    });
  });
  const splitOf = choices.splits ? saidSplits(imported.videos, videos, format.splitByDefault ?? null) : new Map();
  const touchedVideos = [...new Set(videos.flatMap((video) => video?.id ?? []))];
  const { edit, addedSegments, addedClasses, unchanged, overruled } = importEdit(
    `Import ${file}`,
    { classes: added, segments, reviews, splits: splitChanges(present, splitOf) },
    {
      segments: touchedVideos.flatMap((id) => database.segments.ofVideo(id)),
      reviews: touchedVideos.flatMap((id) => database.reviews.ofVideo(id)),
    },
  );
  const cut = rows.filter(({ isCut }) => isCut);
  const countOf = countsOf(imported);
  return {
    edit,
    addedSegments,
    addedClasses,
    unchanged,
    overruled,
    ignored: imported.classes.reduce(
      (sum, _, index) => sum + (classes[index]!.by === 'ignored' ? countOf.ofClass(index) : 0),
      0,
    ),
    videos: listedVideos(imported, videos, met, countOf.ofVideo),
    classes: imported.classes.map(({ name }, index) => ({
      name,
      segments: countOf.ofClass(index),
      by: classes[index]!.by,
      classId: classes[index]!.classId,
    })),
    leftOut: leftOut.rows,
    cut: cut.slice(0, mostRows).map(({ segment }) => ({
      place: segment.place,
      reason: `${saidSpan(segment)} reaches over an edge of the video`,
    })),
    warnings: [
      ...warnings,
      ...nearClasses(imported, classes, all),
      ...leftOut.warnings,
      ...(cut.length > 0
        ? [
            `${segmentCount(cut.length)} cut at an edge of the video (${someOf(cut.map(({ segment }) => segment.place))}).`,
          ]
        : []),
      ...(overruled === 1 ? ['1 segment differs from what was decided here; yours were kept.'] : []),
      ...(overruled > 1 ? [`${overruled} segments differ from what was decided here; yours were kept.`] : []),
      ...(rows.length === 0 && addedClasses === 0 ? [`Nothing of ${file} was taken; nothing was added.`] : []),
    ],
  };
}

/** Those of taken segments and, of a file with a list of its own, those that no segment has. */
function wantedClasses(
  imported: ImportedAnnotations,
  rows: readonly FittingRow[],
  videos: readonly (StoredVideo | null)[],
): (index: number) => boolean {
  const taken = new Set(rows.map(({ segment }) => segment.class));
  const named = new Set(imported.segments.map((segment) => segment.class));
  const isTaken = rows.length > 0 || (imported.segments.length === 0 && imported.faults.length === 0);
  const takesList = isTaken && videos.some((video) => video !== null);
  return (index) => taken.has(index) || (takesList && !named.has(index));
}

function segmentOf(
  { segment, video, span }: FittingRow,
  id: number,
  classOf: readonly (number | undefined)[],
  as: ImportChoices['as'],
): Segment {
  const isAsSaid = as === 'said' || segment.state === 'rejected';
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
  };
}

function countsOf({ classes, videos, segments }: ImportedAnnotations) {
  const [ofClass, ofVideo] = [new Uint32Array(classes.length), new Uint32Array(videos.length)];
  for (const segment of segments) {
    if (segment.class !== null) ofClass[segment.class]! += 1;
    ofVideo[segment.video]! += 1;
  }
  return { ofClass: (index: number) => ofClass[index]!, ofVideo: (index: number) => ofVideo[index]! };
}

function listedVideos(
  imported: ImportedAnnotations,
  videos: readonly (StoredVideo | null)[],
  met: ReturnType<typeof meetVideos>['met'],
  countOf: (index: number) => number,
): ImportPreview['videos'] {
  const words = { unknown: 'none', ambiguous: 'several', found: 'name' } as const;
  const rows = imported.videos.map(({ fileName, subset }, index) => {
    const by = met[index]!;
    return {
      name: fileName,
      segments: countOf(index),
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
  { classes }: ImportedAnnotations,
  met: readonly MetClass[],
  all: Parameters<typeof meetClasses>[1],
): string[] {
  const names = new Map(all.map(({ id, name }) => [id, name]));
  const near = classes.flatMap(({ name }, index) => {
    const { by, classId } = met[index]!;
    return by === 'spelling' || by === 'prompt' ? [`${name} is ${names.get(classId!)!}`] : [];
  });
  return near.length === 0 ? [] : [`Classes were met by their spelling or prompt: ${someOf(near)}.`];
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
  classes: readonly MetClass[],
  framesOf: (videoId: number) => FrameTable,
  leftOut: LeftOut,
): FittingRow[] {
  const tables = new Map<number, FrameTable>();
  return imported.segments.flatMap((segment): FittingRow[] => {
    const video = videos[segment.video] ?? null;
    if (video === null) return [];
    const { by, fault } = classes[segment.class!]!;
    if (by === 'ignored') return [];
    if (fault !== null) {
      leftOut.add(segment.place, fault);
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
