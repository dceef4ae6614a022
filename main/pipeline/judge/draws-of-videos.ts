import { seededRandom } from '#main/random/seeded-random.ts';

const resamples = 200;

/** The 95th percentile of Student's t, for 1 to 5 degrees of freedom; beyond, its expansion around the normal one. */
const studentT = [6.314, 2.92, 2.353, 2.132, 2.015];
const tOf = (freedom: number): number => studentT[freedom - 1] ?? 1.645 + 1.524 / freedom;

/**
 * Videos drawn anew with replacement, the same ones each time that it is asked (the bootstrap, Efron and Tibshirani 1993):
 * `[V]` how often each video counts.
 */
export function* drawsOfVideos(videoCount: number): Generator<Float64Array> {
  const random = seededRandom(1);
  for (let resample = 0; resample < resamples; resample += 1) {
    const weights = new Float64Array(videoCount);
    for (let draw = 0; draw < videoCount; draw += 1) weights[random.below(videoCount)]! += 1;
    yield weights;
  }
}

/**
 * How far to both sides of a number the interval reaches that holds it 9 times out of 10.
 *
 * @param values of the number, one a draw. @param videoCount that have a say in it, at least two; few widen the interval.
 */
export function reachOf(values: readonly number[], videoCount: number): number {
  const centre = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
  // A bootstrap of n things is too sure of itself by (n - 1) / n.
  return tOf(videoCount - 1) * Math.sqrt((variance * videoCount) / (videoCount - 1));
}
