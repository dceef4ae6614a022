import { measuredTIoUs } from '#preload/domain/quality.ts';
import { temporalIoU, type Span } from '#preload/domain/span.ts';
import { isDecided, type ClassSpan, type Truth } from './truth.ts';

export interface RankedSegment extends ClassSpan {
  readonly score: number;
}

/** A held-back video with what was found in it by something that has not seen it. */
export interface RankedVideo {
  readonly truth: Truth;
  /** Best first. */
  readonly segments: readonly RankedSegment[];
}

/** What localisation is judged at everywhere: mAP@0.3:0.7. */
export const judgedTIoUs = measuredTIoUs;

/** Segments of one class over all videos, best first. */
interface ClassRanking {
  /** `[n]` index of each segment's video. */
  readonly videos: Int32Array;
  /** For each tIoU `[n]`: 1 where the segment is right. */
  readonly hits: readonly Uint8Array[];
  /** `[V]` occurrences in each video. */
  readonly occurrences: Int32Array;
}

/**
 * Ranked segments of videos, ready to be judged again and again with videos that count more or less: matching is within
 * a video, so that it is done once. Segments of which nobody knows whether they are right do not count.
 */
export class RankedSegments {
  readonly videoCount: number;
  readonly #classes: readonly ClassRanking[];

  constructor(videos: readonly RankedVideo[], classCount: number) {
    this.videoCount = videos.length;
    this.#classes = Array.from({ length: classCount }, (_, classIndex) => rankingOf(videos, classIndex));
  }

  /** Classes with an occurrence in any of the videos. */
  get judgedClasses(): number[] {
    return [...this.#classes.keys()].filter((classIndex) => this.#classes[classIndex]!.occurrences.some(Boolean));
  }

  /**
   * Average precision of a class, the mean over thresholds, with each video counted `weights[v]` times; null where none
   * of them holds an occurrence.
   */
  averagePrecision(classIndex: number, weights: ArrayLike<number>): number | null {
    const values = this.averagePrecisions(classIndex, weights);
    return values && values.reduce((a, b) => a + b, 0) / values.length;
  }

  /** The same at each threshold. */
  averagePrecisions(classIndex: number, weights: ArrayLike<number>): number[] | null {
    const { videos, hits, occurrences } = this.#classes[classIndex]!;
    const positives = occurrences.reduce((sum, count, video) => sum + count * weights[video]!, 0);
    if (positives === 0) return null;
    return hits.map((ofThreshold) => weightedArea(ofThreshold, videos, weights, positives));
  }

  /** How many of the videos hold an occurrence of a class. */
  videosWith(classIndex: number): number {
    return this.#classes[classIndex]!.occurrences.filter(Boolean).length;
  }

  /** The mean over classes that occur; 0 where none does. */
  meanAveragePrecision(classes: readonly number[], weights: ArrayLike<number>): number {
    const values = classes.flatMap((classIndex) => this.averagePrecision(classIndex, weights) ?? []);
    return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
  }
}

function rankingOf(videos: readonly RankedVideo[], classIndex: number): ClassRanking {
  const ranked = videos
    .flatMap(({ truth, segments }, video) =>
      segments
        .filter((segment) => segment.classIndex === classIndex && isDecided(truth, segment))
        .map((segment) => ({ video, segment })),
    )
    .sort((a, b) => b.segment.score - a.segment.score || a.video - b.video || a.segment.startUs - b.segment.startUs);
  const truths = videos.map(({ truth }) => truth.occurrences.filter((one) => one.classIndex === classIndex));
  return {
    videos: Int32Array.from(ranked, ({ video }) => video),
    hits: judgedTIoUs.map((tIoU) => {
      const found = new Set<ClassSpan>();
      return Uint8Array.from(ranked, ({ video, segment }) => {
        const match = nearestOf(truths[video]!, segment, tIoU, found);
        if (match !== null) found.add(match);
        return match === null ? 0 : 1;
      });
    }),
    occurrences: Int32Array.from(truths, ({ length }) => length),
  };
}

/** The occurrence that a segment overlaps most, among those that are left and that it overlaps enough. */
export function nearestOf<Occurrence extends Span>(
  occurrences: readonly Occurrence[],
  segment: Span,
  tIoU: number,
  taken: ReadonlySet<Occurrence>,
): Occurrence | null {
  let best: Occurrence | null = null;
  let most = tIoU;
  for (const one of occurrences) {
    const overlap = temporalIoU(one, segment);
    if (taken.has(one) || overlap < most) continue;
    [best, most] = [one, overlap];
  }
  return best;
}

/** Area under the interpolated precision-recall curve, each rank counted as often as its video. */
function weightedArea(hits: Uint8Array, videos: Int32Array, weights: ArrayLike<number>, positives: number): number {
  let seen = 0;
  let right = 0;
  for (const [rank, hit] of hits.entries()) {
    const weight = weights[videos[rank]!]!;
    seen += weight;
    right += hit * weight;
  }
  let best = 0;
  let area = 0;
  for (let rank = hits.length - 1; rank >= 0; rank -= 1) {
    const weight = weights[videos[rank]!]!;
    if (weight === 0) continue;
    best = Math.max(best, right / seen);
    seen -= weight;
    if (hits[rank] === 0) continue;
    area += (best * weight) / positives;
    right -= weight;
  }
  return area;
}
