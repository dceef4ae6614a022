import { learningConstants } from '../propose/localisation-constants.ts';
import { microsecondsOf, overlapUs, temporalIoU, type Span } from '#preload/domain/span.ts';

/** What a person has decided about one span of one video. */
export interface Correction extends Span {
  readonly videoId: number;
  readonly classId: number;
  readonly decision: 'accepted' | 'rejected';
}

/** A video of which every occurrence of every class is marked: what is unmarked in it is background. */
export interface ReviewedVideo {
  readonly videoId: number;
  /** The whole of its picture. */
  readonly span: Span;
}

/** One thing to learn from: a span and what it shows. Several classes share it where a person marked it as both. */
export interface Shot extends Span {
  readonly videoId: number;
  /** Empty: background. */
  readonly classIds: readonly number[];
}

const { sameTIoU, restatesTIoU, backgroundS, backgroundPerVideo } = learningConstants.shots;
const backgroundShotUs = microsecondsOf(backgroundS);

/**
 * Corrections as shots: accepted segments of their class, rejected proposals as background, and, in videos reviewed
 * completely, stretches between the segments as background too. Order does not matter; equal input gives equal shots.
 */
export function trainingShots(corrections: readonly Correction[], reviewed: readonly ReviewedVideo[]): Shot[] {
  const inOrder = corrections.toSorted(
    (a, b) => a.videoId - b.videoId || a.startUs - b.startUs || a.endUs - b.endUs || a.classId - b.classId,
  );
  const accepted = new Map<number, Shot[]>();
  for (const { videoId, startUs, endUs, classId } of inOrder.filter(({ decision }) => decision === 'accepted')) {
    const shots = ofVideo(accepted, videoId);
    const twin = shots.findIndex((shot) => temporalIoU(shot, { startUs, endUs }) >= sameTIoU);
    if (twin < 0) shots.push({ videoId, startUs, endUs, classIds: [classId] });
    else if (!shots[twin]!.classIds.includes(classId))
      shots[twin] = { ...shots[twin]!, classIds: [...shots[twin]!.classIds, classId] };
  }
  const background = new Map<number, Shot[]>();
  const addBackground = (videoId: number, span: Span): void => {
    const overlaps = (shot: Shot): boolean => temporalIoU(shot, span) > restatesTIoU;
    const shots = ofVideo(background, videoId);
    if (shots.some(overlaps) || accepted.get(videoId)?.some(overlaps)) return;
    shots.push({ videoId, startUs: span.startUs, endUs: span.endUs, classIds: [] });
  };
  for (const rejected of inOrder.filter(({ decision }) => decision === 'rejected'))
    addBackground(rejected.videoId, rejected);
  for (const { videoId, span } of reviewed)
    for (const stretch of stretchesWithout(span, accepted.get(videoId) ?? [])) addBackground(videoId, stretch);
  const byVideo = (shots: ReadonlyMap<number, Shot[]>): Shot[] =>
    [...shots].toSorted(([a], [b]) => a - b).flatMap(([, own]) => own);
  return [...byVideo(accepted), ...byVideo(background)];
}

/** A video's shots, to be added to. */
function ofVideo(shots: Map<number, Shot[]>, videoId: number): Shot[] {
  const own = shots.get(videoId) ?? [];
  shots.set(videoId, own);
  return own;
}

/** Up to a handful of evenly spread stretches of `span` that touch none of `marked`. */
function stretchesWithout(span: Span, marked: readonly Span[]): Span[] {
  const count = Math.floor((span.endUs - span.startUs) / backgroundShotUs);
  const cells = Array.from({ length: count }, (_, index) => {
    const startUs = span.startUs + index * backgroundShotUs;
    return { startUs, endUs: startUs + backgroundShotUs };
  }).filter((cell) => marked.every((other) => overlapUs(cell, other) === 0));
  const every = Math.max(1, Math.ceil(cells.length / backgroundPerVideo));
  return cells.filter((_, index) => index % every === 0);
}

/** Accepted shots of each class, classes without any left out. */
export function shotsPerClass(shots: readonly Shot[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { classIds } of shots) for (const classId of classIds) counts.set(classId, (counts.get(classId) ?? 0) + 1);
  return counts;
}
