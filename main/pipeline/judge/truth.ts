import { overlapUs, type Span } from '#preload/domain/span.ts';
import type { Correction, ReviewedVideo } from '../tune/training-shots.ts';

/** A span of one of the judged classes. */
export interface ClassSpan extends Span {
  /** Row of the class set. */
  readonly classIndex: number;
}

/** What a person has decided in one video, for segments to be held against. */
export interface Truth {
  readonly videoId: number;
  readonly occurrences: readonly ClassSpan[];
  readonly rejected: readonly ClassSpan[];
  /** The whole of its picture, where every occurrence is marked. */
  readonly reviewed: Span | null;
}

/** Truth of every video that anything was decided in, by id. Corrections of classes that are not listed are left out. */
export function truthsOf(
  corrections: readonly Correction[],
  reviewed: readonly ReviewedVideo[],
  classIds: readonly number[],
): Truth[] {
  const inOrder = corrections.toSorted((a, b) => a.startUs - b.startUs || a.endUs - b.endUs || a.classId - b.classId);
  const ids = new Set([...corrections, ...reviewed].map(({ videoId }) => videoId));
  return [...ids]
    .toSorted((a, b) => a - b)
    .map((videoId) => {
      const spansOf = (decision: Correction['decision']): ClassSpan[] =>
        inOrder.flatMap((one) => {
          const classIndex = classIds.indexOf(one.classId);
          if (one.videoId !== videoId || one.decision !== decision || classIndex < 0) return [];
          return [{ classIndex, startUs: one.startUs, endUs: one.endUs }];
        });
      return {
        videoId,
        occurrences: spansOf('accepted'),
        rejected: spansOf('rejected'),
        reviewed: reviewed.find((video) => video.videoId === videoId)?.span ?? null,
      };
    });
}

/**
 * Whether it is known if a segment is right: it lies mostly where a person has marked everything, or on a span that was
 * decided for its class, or on an occurrence of another one. Of the rest of a half-reviewed video nobody knows.
 */
export function isDecided({ occurrences, rejected, reviewed }: Truth, segment: ClassSpan): boolean {
  const half = (segment.endUs - segment.startUs) / 2;
  const liesOn = (span: Span): boolean => overlapUs(span, segment) > half;
  if (reviewed !== null && liesOn(reviewed)) return true;
  return occurrences.some(liesOn) || rejected.some((span) => span.classIndex === segment.classIndex && liesOn(span));
}
