import type { Span } from '#preload/domain/span.ts';
import { durationUs } from '#preload/domain/span.ts';
import type { Split } from '#preload/domain/split.ts';

export interface ReportedVideo {
  readonly name: string;
  readonly split: Split | null;
  /** From the first frame to the end of the last. */
  readonly span: Span;
  /** What people accepted. */
  readonly accepted: readonly (Span & { readonly classId: number })[];
  readonly proposed: number;
  readonly rejected: number;
}

interface Durations {
  readonly totalUs: number;
  readonly shortestUs: number;
  readonly medianUs: number;
  readonly longestUs: number;
}

export interface VideoFigures {
  readonly name: string;
  readonly split: Split | null;
  readonly durationUs: number;
  readonly accepted: number;
  readonly proposed: number;
  readonly rejected: number;
  /** Under some segment, and under more than one. */
  readonly coveredUs: number;
  readonly overlappedUs: number;
  /** The longest stretch without a segment. */
  readonly longestGapUs: number;
}

export interface ClassFigures {
  readonly name: string;
  readonly segments: number;
  readonly videos: number;
  /** Null without segments. */
  readonly durations: Durations | null;
}

/** What a data set holds, in numbers. */
export interface DatasetFacts {
  readonly videos: readonly VideoFigures[];
  readonly classes: readonly ClassFigures[];
}

/** Figures of a data set's accepted segments, video by video and class by class. */
export function datasetFacts(
  videos: readonly ReportedVideo[],
  classes: readonly { readonly id: number; readonly name: string }[],
): DatasetFacts {
  return {
    videos: videos.map(({ name, split, span, accepted, proposed, rejected }) => ({
      name,
      split,
      durationUs: durationUs(span),
      accepted: accepted.length,
      proposed,
      rejected,
      ...coverage(span, accepted),
    })),
    classes: classes.map(({ id, name }) => {
      const own = videos.map(({ accepted }) => accepted.filter(({ classId }) => classId === id));
      const segments = own.flat();
      return {
        name,
        segments: segments.length,
        videos: own.filter(({ length }) => length > 0).length,
        durations: durationsOf(segments.map(durationUs)),
      };
    }),
  };
}

function durationsOf(values: readonly number[]): Durations | null {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  const half = sorted.length / 2;
  return {
    totalUs: sorted.reduce((sum, value) => sum + value, 0),
    shortestUs: sorted[0]!,
    medianUs: (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2,
    longestUs: sorted.at(-1)!,
  };
}

/** How much of a span lies under segments; edge by edge. */
function coverage(span: Span, segments: readonly Span[]) {
  const edges = [
    ...segments.flatMap(({ startUs, endUs }) => [
      { at: Math.max(startUs, span.startUs), by: 1 },
      { at: Math.min(endUs, span.endUs), by: -1 },
    ]),
    { at: span.endUs, by: 0 },
  ].sort((a, b) => a.at - b.at);
  let [at, open, coveredUs, overlappedUs, gapUs, longestGapUs] = [span.startUs, 0, 0, 0, 0, 0];
  for (const edge of edges) {
    const length = edge.at - at;
    if (open > 0) coveredUs += length;
    if (open > 1) overlappedUs += length;
    gapUs = open > 0 && length > 0 ? 0 : gapUs + (open === 0 ? length : 0);
    longestGapUs = Math.max(longestGapUs, gapUs);
    open += edge.by;
    at = edge.at;
  }
  return { coveredUs, overlappedUs, longestGapUs };
}
