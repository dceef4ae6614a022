import type { SampleGrid } from './sample-grid.ts';
import { samplesOf } from './sample-grid.ts';
import { localisationConstants } from './localisation-constants.ts';
import type { ProposalSettings } from './localisation-settings.ts';
import { windowMeans } from './local-background.ts';

const { flatSpread, leastSpread } = localisationConstants.novelty;

/**
 * How strongly the picture changes at each of the `N + 1` sample boundaries, in standard deviations above the mean of
 * the surroundings; the largest over all window sizes, 0 at both ends of the video. Cost: O(N · D) a window.
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
  { noveltyWindowsS, contextS }: Pick<ProposalSettings, 'noveltyWindowsS' | 'contextS'>,
): Float64Array {
  const strongest = new Float64Array(grid.count + 1);
  const windows = new Set(noveltyWindowsS.map((seconds) => samplesOf(grid, seconds)));
  let isFirst = true;
  for (const window of windows) {
    const scores = zScores(checkerboard(features, dim, grid.count, window), samplesOf(grid, contextS / 2));
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

/**
 * Deviations from the mean of the boundaries at most `reach` away: a calm stretch has change points of its own beside a
 * lively one, and hard cuts elsewhere do not hide it. The spread counts for at least a share of
 * the whole video's, so that where nothing happens, noise is no change.
 */
function zScores(novelty: Float64Array, reach: number): Float64Array {
  const inner = novelty.subarray(1, -1);
  if (inner.length === 0) return novelty.fill(0);
  const means = windowMeans(inner, reach);
  const squares = windowMeans(
    inner.map((value) => value * value),
    reach,
  );
  const spreadOf = (mean: number, square: number): number => Math.sqrt(Math.max(0, square - mean * mean));
  const everywhere = inner.length;
  const [mean] = windowMeans(inner, everywhere);
  const [square] = windowMeans(
    inner.map((value) => value * value),
    everywhere,
  );
  const overall = spreadOf(mean!, square!);
  if (overall < flatSpread) return novelty.fill(0);
  const scores = new Float64Array(novelty.length);
  for (let at = 0; at < inner.length; at += 1) {
    const spread = Math.max(spreadOf(means[at]!, squares[at]!), overall * leastSpread);
    scores[at + 1] = (inner[at]! - means[at]!) / spread;
  }
  return scores;
}
