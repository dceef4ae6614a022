import type { FrameFeatures } from '../feature-store/frame-features.ts';
import { SpanMeans } from '../vectors/span-means.ts';
import { unitRows } from '../vectors/unit-rows.ts';
import { changePoints } from './change-points.ts';
import type { LearnedBoundaries } from './learned-boundaries.ts';
import { localBackground, type LocalBackground } from './local-background.ts';
import type { ProposalSettings } from './localisation-settings.ts';
import { defaultLocalisationSettings } from './localisation-settings.ts';
import { boundaryNovelty } from './novelty.ts';
import type { SampleGrid } from './sample-grid.ts';
import { sampleGrid, samplesOf } from './sample-grid.ts';
import { TextProducts } from './text-products.ts';

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
  /** `[N + 1]` z-scored novelty of each sample boundary. */
  readonly novelty: Float64Array;
  /** Ascending boundary indices, from 0 to N. */
  readonly changePoints: readonly number[];
  /** What a head that the model brings along says of edges; null without one. */
  readonly boundaries: LearnedBoundaries | null;
  /** The features as frames are compared with texts. */
  readonly frames: ComparedFrames;
  /**
   * Features `[N, D]` that temporal modules made of the video's own, compared with texts as they are: each has seen what
   * is around it. Made once for each array.
   */
  readonly denseFrames: (features: Float32Array) => ComparedFrames;
}

/** Frames to be compared with texts. */
export interface ComparedFrames {
  readonly textProducts: TextProducts;
  /** What is subtracted from each frame before; null for nothing. */
  readonly background: LocalBackground | null;
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
  const novelty = boundaryNovelty(features, dim, grid, settings);
  const points = changePoints(novelty, settings.changePointMinZ, samplesOf(grid, settings.changePointMinDistanceS));
  const reach = samplesOf(grid, settings.contextS / 2);
  const known = new WeakMap<Float32Array, ComparedFrames>();
  return {
    features,
    dim,
    grid,
    spanMeans: new SpanMeans(features, dim),
    novelty,
    changePoints: points,
    boundaries: null,
    frames: {
      textProducts: new TextProducts(features, dim),
      background: localBackground(features, dim, reach, settings.backgroundMinShare),
    },
    denseFrames(dense) {
      const frames = known.get(dense) ?? {
        textProducts: new TextProducts(unitRows(dense, dim), dim),
        background: null,
      };
      known.set(dense, frames);
      return frames;
    },
  };
}
