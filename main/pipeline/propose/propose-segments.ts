import type { Span } from '#preload/domain/span.ts';
import type { FeatureAnalysis } from './analyse-features.ts';
import { frameProbabilities } from './actionness.ts';
import { candidateSpans } from './candidates.ts';
import type { ClassSet } from './class-set.ts';
import { gaussianSmooth, minMaxScale, movingAverage } from './curves.ts';
import { frameLogits } from './frame-logits.ts';
import type { ProposalSettings } from './localisation-settings.ts';
import { defaultLocalisationSettings } from './localisation-settings.ts';
import { withoutNearDuplicates } from './near-duplicates.ts';
import { ProposalQuality } from './proposal-quality.ts';
import { samplesOf } from './sample-grid.ts';
import { snapToChangePoints } from './snap-boundaries.ts';
import { suppressSoftly } from './suppress-overlaps.ts';
import { activeClasses, videoPrior } from './video-prior.ts';

/** A stretch that may hold an action of any class. Times are sample boundaries, not yet frame boundaries. */
export interface Proposal extends Span {
  /** First and one-past-last sample. */
  readonly startSample: number;
  readonly endSample: number;
  /** Class-agnostic quality q in (0, 1) by itself. */
  readonly quality: number;
  /** The quality after overlapping better proposals have lowered it; what proposals are ranked by. */
  readonly score: number;
}

/** Curves over the sampled frames for the timeline; sample `i` is at `timesUs[i]` of the features. */
interface ProposalCurves {
  /** `[N]` in [0, 1], smoothed. */
  readonly actionness: Float64Array;
  /** `[N]` z-score of the change just before each sample. */
  readonly novelty: Float64Array;
  /** `[K, N]` probability of each class at each sample, smoothed. */
  readonly perClass: readonly Float64Array[];
}

export interface ProposedSegments {
  /** Best score first. */
  readonly proposals: readonly Proposal[];
  readonly curves: ProposalCurves;
  /** Where the picture changes, with both ends of the video. */
  readonly changePointsUs: readonly number[];
  /** `[K]` how likely each class occurs in this video. */
  readonly videoPrior: Float64Array;
}

/**
 * Stage 1, without any training: where in the video might an action be? From the analysed features of a video and the
 * class list: actionness and class curves → groups and unions of stretches → ends on change points → quality → soft-NMS.
 * Permuting the classes changes nothing but the order of `perClass` and `videoPrior`.
 */
export function proposeSegments(
  analysis: FeatureAnalysis,
  classSet: ClassSet,
  settings: ProposalSettings = defaultLocalisationSettings.proposal,
): ProposedSegments {
  const { grid, novelty, changePoints } = analysis;
  const frames = frameLogits(analysis, classSet);
  const { perClass, actionness: rawActionness } = frameProbabilities(frames);
  const actionness = gaussianSmooth(rawActionness, settings.actionnessSigmaS / grid.stepS);
  const prior = videoPrior(frames, settings);

  const smoothing = samplesOf(grid, settings.classCurveSmoothingS);
  const classCurves = activeClasses(prior, settings).map((index) =>
    movingAverage(Float64Array.from(frames.columns[index]!), smoothing),
  );
  const curves = [actionness, ...classCurves].map(minMaxScale).filter((curve) => curve !== null);

  const candidates = snapToChangePoints(candidateSpans(curves, analysis, settings), analysis, settings);
  const quality = new ProposalQuality(actionness, novelty, settings);
  const qualities = Float64Array.from(candidates.starts, (start, index) => quality.of(start, candidates.ends[index]!));
  const limit = proposalLimit(grid.edgesUs, settings);
  const distinct = withoutNearDuplicates(candidates, qualities, grid.count, settings.nearDuplicateTIoU, 4 * limit);
  const scored = distinct.map((index): Proposal => {
    const startSample = candidates.starts[index]!;
    const endSample = candidates.ends[index]!;
    const value = qualities[index]!;
    return {
      startUs: grid.edgesUs[startSample]!,
      endUs: grid.edgesUs[endSample]!,
      startSample,
      endSample,
      quality: value,
      score: value,
    };
  });
  const proposals = suppressSoftly(
    scored,
    { decay: 'gaussian', sigma: settings.softNmsSigma },
    { minScore: settings.softNmsMinScore, maxKept: limit },
  );

  return {
    proposals,
    curves: {
      actionness,
      novelty: novelty.slice(0, grid.count),
      perClass: perClass.map((curve) => movingAverage(curve, smoothing)),
    },
    changePointsUs: changePoints.map((point) => grid.edgesUs[point]!),
    videoPrior: prior,
  };
}

function proposalLimit(
  edgesUs: Float64Array,
  settings: Pick<ProposalSettings, 'minProposalLimit' | 'proposalsPerMinute'>,
): number {
  const minutes = (edgesUs.at(-1)! - edgesUs[0]!) / 60e6;
  return Math.max(settings.minProposalLimit, Math.ceil(minutes * settings.proposalsPerMinute));
}
