import { drawsOfVideos, reachOf } from './draws-of-videos.ts';
import type { RankedSegments } from './ranked-segments.ts';

/** How much better the one is than the other, with what is known of it: the interval holds it 9 times out of 10. */
export interface PairedDifference {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * How much mAP two rankings of the same videos differ by. Videos are drawn anew with replacement, the same for both
 * (a paired bootstrap); few videos widen the interval, as they must. With a single one nothing is known: all of [-1, 1].
 */
export function pairedDifference(
  before: RankedSegments,
  after: RankedSegments,
  classes: readonly number[],
): PairedDifference {
  const { videoCount } = before;
  const differenceAt = (weights: ArrayLike<number>): number =>
    after.meanAveragePrecision(classes, weights) - before.meanAveragePrecision(classes, weights);
  const mean = differenceAt(new Float64Array(videoCount).fill(1));
  if (videoCount < 2) return { mean, low: -1, high: 1 };
  const reach = reachOf(Array.from(drawsOfVideos(videoCount), differenceAt), videoCount);
  return { mean, low: Math.max(-1, mean - reach), high: Math.min(1, mean + reach) };
}
