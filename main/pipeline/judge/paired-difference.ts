import { seededRandom } from '#main/random/seeded-random.ts';
import type { RankedSegments } from './ranked-segments.ts';

/** How much better the one is than the other, with what is known of it: the interval holds it 9 times out of 10. */
export interface PairedDifference {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 200;

/** The 95th percentile of Student's t, for 1 to 5 degrees of freedom; beyond, its expansion around the normal one. */
const studentT = [6.314, 2.92, 2.353, 2.132, 2.015];
const tOf = (freedom: number): number => studentT[freedom - 1] ?? 1.645 + 1.524 / freedom;

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
  const random = seededRandom(1);
  const draws = Array.from({ length: resamples }, () => {
    const weights = new Float64Array(videoCount);
    for (let draw = 0; draw < videoCount; draw += 1) weights[random.below(videoCount)]! += 1;
    return differenceAt(weights);
  });
  const centre = draws.reduce((a, b) => a + b, 0) / resamples;
  const variance = draws.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (resamples - 1);
  // A bootstrap of n things is too sure of itself by (n - 1) / n.
  const reach = tOf(videoCount - 1) * Math.sqrt((variance * videoCount) / (videoCount - 1));
  return { mean, low: Math.max(-1, mean - reach), high: Math.min(1, mean + reach) };
}
