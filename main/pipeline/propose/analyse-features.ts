import type { FrameFeatures } from '../feature-store/frame-features.ts';
import { boundaryNovelty } from './novelty.ts';
import { changePoints } from './change-points.ts';
import type { ProposalSettings } from './localisation-settings.ts';
import { defaultLocalisationSettings } from './localisation-settings.ts';
import type { SampleGrid } from './sample-grid.ts';
import { sampleGrid, samplesOf } from './sample-grid.ts';
import { hasSeveralScenes } from './scene-clusters.ts';
import { rowDot } from '../vectors/similarity.ts';
import { SpanMeans } from '../vectors/span-means.ts';
import { TextProducts } from './text-products.ts';
import { unitRows } from '../vectors/unit-rows.ts';

/**
 * All that localisation knows about a video before it hears of any class. Made once per video and encoder; typing a
 * class, tuning and searching reuse it.
 */
export interface FeatureAnalysis {
  /** `[N, D]`, rows of length 1. */
  readonly features: Float32Array;
  readonly dim: number;
  readonly grid: SampleGrid;
  readonly spanMeans: SpanMeans;
  readonly textProducts: TextProducts;
  /** `[N + 1]` z-scored novelty of each sample boundary. */
  readonly novelty: Float64Array;
  /** Ascending boundary indices, from 0 to N. */
  readonly changePoints: readonly number[];
  readonly background: VideoBackground;
}

/** What all frames of a video share, to be subtracted before frames are compared with texts. */
interface VideoBackground {
  /** `[D]` mean of the unit features. */
  readonly mean: Float64Array;
  /** Share β of the mean that is subtracted. */
  readonly share: number;
  /** `[N]` one over the length of each feature after the subtraction; 0 where nothing but rounding noise is left. */
  readonly inverseLengths: Float64Array;
}

/**
 * The class-independent part of stage 1. O(N · D).
 *
 * @param video features `[N, D]` and their times; @param endUs where the video ends.
 * Fails with `bad-input` where a feature is zero or not finite.
 */
export function analyseFeatures(
  video: FrameFeatures,
  endUs: number,
  settings: ProposalSettings = defaultLocalisationSettings.proposal,
): FeatureAnalysis {
  const { dim } = video;
  const grid = sampleGrid(video.timesUs, endUs);
  const features = unitRows(video.features, dim);
  if (features.length !== grid.count * dim) throw new RangeError('each feature needs its time');
  const novelty = boundaryNovelty(features, dim, grid, settings.noveltyWindowsS);
  const points = changePoints(novelty, settings.changePointMinZ, samplesOf(grid, settings.changePointMinDistanceS));
  const spanMeans = new SpanMeans(features, dim);
  const share = hasSeveralScenes(spanMeans, points, settings)
    ? settings.backgroundShareOfManyScenes
    : settings.backgroundShareOfOneScene;
  const background = videoBackground(features, spanMeans, share);
  const textProducts = new TextProducts(features, dim);
  return { features, dim, grid, spanMeans, textProducts, novelty, changePoints: points, background };
}

/** Shorter remainders than this are rounding noise of single-precision features. */
const minRemainder = 1e-3;

function videoBackground(features: Float32Array, spanMeans: SpanMeans, share: number): VideoBackground {
  const mean = spanMeans.mean(0, spanMeans.count, new Float64Array(spanMeans.dim));
  const meanSquared = mean.reduce((sum, value) => sum + value * value, 0);
  const inverseLengths = new Float64Array(spanMeans.count);
  for (let sample = 0; sample < inverseLengths.length; sample += 1) {
    // |x − βμ|² of a unit x.
    const squared = 1 - 2 * share * rowDot(features, sample, mean) + share * share * meanSquared;
    inverseLengths[sample] = squared > minRemainder * minRemainder ? 1 / Math.sqrt(squared) : 0;
  }
  return { mean, share, inverseLengths };
}
