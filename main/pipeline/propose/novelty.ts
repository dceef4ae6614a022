import type { SampleGrid } from './sample-grid.ts';
import { samplesOf } from './sample-grid.ts';

/** Below this spread a novelty curve is rounding noise of equal features, and says nothing. */
const flatSpread = 1e-6;

/**
 * How strongly the picture changes at each of the `N + 1` sample boundaries, in standard deviations above the mean of
 * the video; the largest over all window sizes, 0 at both ends of the video. Cost: O(N · D) a window.
 *
 * The checkerboard kernel on the self-similarity matrix (Foote 2000), mean(left) + mean(right) − 2 · mean(across), is
 * the squared distance of the mean features of both sides. So one running difference of sums replaces the matrix.
 * Near the ends of the video both sides shrink together, and the value is scaled by their length: the share that noise
 * has in it stays the same everywhere.
 *
 * @param features `[N, D]` unit rows.
 */
export function boundaryNovelty(
  features: Float32Array,
  dim: number,
  grid: SampleGrid,
  windowsS: readonly number[],
): Float64Array {
  const strongest = new Float64Array(grid.count + 1);
  const windows = new Set(windowsS.map((seconds) => samplesOf(grid, seconds)));
  let isFirst = true;
  for (const window of windows) {
    const scores = zScores(checkerboard(features, dim, grid.count, window));
    for (let boundary = 1; boundary < grid.count; boundary += 1) {
      const score = scores[boundary]!;
      if (isFirst || score > strongest[boundary]!) strongest[boundary] = score;
    }
    isFirst = false;
  }
  return strongest;
}

function checkerboard(features: Float32Array, dim: number, count: number, window: number): Float64Array {
  const novelty = new Float64Array(count + 1);
  /** Sum of the features left of the boundary minus the sum right of it, `half` samples each. */
  const difference = new Float64Array(dim);
  let half = 0;
  for (let boundary = 1; boundary < count; boundary += 1) {
    const next = Math.min(window, boundary, count - boundary);
    // One sample crosses from right to left, and two samples enter on the right, leave on the left, or one of each.
    const crossing = (boundary - 1) * dim;
    const [one, other] = changedSamples(boundary - 1, half, next);
    const first = one * dim;
    const second = other * dim;
    const isFirstBoundary = half === 0;
    let squared = 0;
    for (let index = 0; index < dim; index += 1) {
      const change = isFirstBoundary
        ? features[index]! - features[dim + index]!
        : 2 * features[crossing + index]! - features[first + index]! - features[second + index]!;
      const value = difference[index]! + change;
      difference[index] = value;
      squared += value * value;
    }
    half = next;
    novelty[boundary] = squared / (half * window);
  }
  return novelty;
}

/** The two samples, other than the crossing one at `boundary`, that change sides with the window or fall out of it. */
function changedSamples(boundary: number, half: number, next: number): [number, number] {
  if (next > half) return [boundary + half, boundary + half + 1];
  if (next < half) return [boundary - half, boundary - half + 1];
  return [boundary - half, boundary + half];
}

function zScores(novelty: Float64Array): Float64Array {
  const inner = novelty.length - 2;
  if (inner < 1) return novelty.fill(0);
  let sum = 0;
  let squares = 0;
  for (let boundary = 1; boundary <= inner; boundary += 1) sum += novelty[boundary]!;
  const mean = sum / inner;
  for (let boundary = 1; boundary <= inner; boundary += 1) squares += (novelty[boundary]! - mean) ** 2;
  const spread = Math.sqrt(squares / inner);
  if (spread < flatSpread) return novelty.fill(0);
  return novelty.map((value) => (value - mean) / spread);
}
