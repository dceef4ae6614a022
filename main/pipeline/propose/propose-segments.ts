import type { Span } from '#preload/domain/span.ts';
import type { FeatureAnalysis } from './analyse-features.ts';
import { candidateSpans } from './candidates.ts';
import type { ClassSet } from './class-set.ts';
import { localRise, movingAverage } from './curves.ts';
import { LearnedQuality, pairedBoundaries } from './learned-boundaries.ts';
import type { LearnedBoundaries } from './learned-boundaries.ts';
import type { ProposalSettings } from './localisation-settings.ts';
import { defaultLocalisationSettings } from './localisation-settings.ts';
import { withoutNearDuplicates } from './near-duplicates.ts';
import { ProposalQuality } from './proposal-quality.ts';
import { samplesOf, type SampleGrid } from './sample-grid.ts';
import { shownActions } from './shown-actions.ts';
import { snapToChangePoints } from './snap-boundaries.ts';
import type { SampleSpans } from './span-collector.ts';
import { SpanCollector } from './span-collector.ts';
import { suppressSoftly } from './suppress-overlaps.ts';
import { SpanMeans } from '../vectors/span-means.ts';
import { WholeSpan } from './whole-span.ts';

/** A stretch that may hold an action of any class. Times are sample boundaries, not yet frame boundaries. */
export interface Proposal extends Span {
  /** First and one-past-last sample. */
  readonly startSample: number;
  readonly endSample: number;
  /** Class-agnostic quality q in (0, 1) by itself. */
  readonly quality: number;
  /** How likely it is an action that no better proposal stands for; what proposals are ranked by. */
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
}

/**
 * Stage 1, without any training: where in the video might an action be? From the analysed features of a video and the
 * class list: actionness → groups and unions of stretches → ends on change points → quality, at last of the whole stretch → soft-NMS. Everything is
 * measured against its surroundings, so that a moment in an hour is found as in a clip of its own.
 * Where a head tells of edges, one that corrections trained (`learned`) or else the model's own, pairs of likely edges
 * come on top, and it has a say in the quality.
 * `denseFeatures` `[N, D]`, which temporal modules made of the video's own, have a say in what shows an action; where one
 * begins and ends is told by the video's own, which are sharper.
 * Permuting the classes changes nothing but the order of `perClass`.
 */
export function proposeSegments(
  analysis: FeatureAnalysis,
  classSet: ClassSet,
  settings: ProposalSettings = defaultLocalisationSettings.proposal,
  learned: LearnedBoundaries | null = null,
  denseFeatures: Float32Array | null = null,
): ProposedSegments {
  const { grid, dim, novelty, changePoints } = analysis;
  const edges = learned ?? analysis.boundaries;
  const { actionness: shown, perClass } = shownActions(analysis, classSet, settings, denseFeatures);
  const curves = [shown, localRise(shown, samplesOf(grid, settings.contextS / 2), settings.minRise)];

  const own = snapToChangePoints(candidateSpans(curves, analysis, settings), analysis, settings);
  const candidates =
    edges === null ? own : union(own, pairedBoundaries(edges, grid, settings.minDurationS), grid.count);
  const quality = new ProposalQuality(shown, novelty, samplesOf(grid, settings.calmS), settings);
  const qualities = Float64Array.from(candidates.starts, (start, index) => quality.of(start, candidates.ends[index]!));
  if (edges !== null) blendWithLearned(qualities, candidates, edges, grid);
  const limit = proposalLimit(grid.edgesUs, settings);
  const distinct = withoutNearDuplicates(candidates, qualities, grid.count, settings.nearDuplicateTIoU, 4 * limit);
  const means = denseFeatures === null ? analysis.spanMeans : new SpanMeans(denseFeatures, dim);
  const whole = new WholeSpan(classSet, means, dim);
  const scored = distinct.map((index): Proposal => {
    const startSample = candidates.starts[index]!;
    const endSample = candidates.ends[index]!;
    const logOdds = settings.qualityWeights.whole * whole.logProbability(startSample, endSample);
    const value = movedOdds(qualities[index]!, logOdds);
    return {
      startUs: grid.edgesUs[startSample]!,
      endUs: grid.edgesUs[endSample]!,
      startSample,
      endSample,
      quality: value,
      score: movedOdds(value, -settings.rarity),
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
      actionness: shown,
      novelty: novelty.slice(0, grid.count),
      perClass: perClass.map((curve) => movingAverage(curve, samplesOf(grid, settings.classCurveSmoothingS))),
    },
    changePointsUs: changePoints.map((point) => grid.edgesUs[point]!),
  };
}

/** A probability whose log-odds are moved by so much. */
const movedOdds = (probability: number, by: number): number =>
  probability / (probability + (1 - probability) * Math.exp(-by));

/** Each span of either once. */
function union(a: SampleSpans, b: SampleSpans, sampleCount: number): SampleSpans {
  const collected = new SpanCollector(sampleCount);
  for (const { starts, ends } of [a, b]) starts.forEach((start, index) => collected.add(start, ends[index]!));
  return collected.distinct();
}

/** The geometric mean of both opinions. */
function blendWithLearned(
  qualities: Float64Array,
  { starts, ends }: SampleSpans,
  edges: LearnedBoundaries,
  { stepS }: SampleGrid,
): void {
  const quality = new LearnedQuality(edges, stepS);
  for (const [index, start] of starts.entries())
    qualities[index] = Math.sqrt(qualities[index]! * quality.of(start, ends[index]!));
}

function proposalLimit(
  edgesUs: Float64Array,
  settings: Pick<ProposalSettings, 'minProposalLimit' | 'proposalsPerMinute'>,
): number {
  const minutes = (edgesUs.at(-1)! - edgesUs[0]!) / 60e6;
  return Math.max(settings.minProposalLimit, Math.ceil(minutes * settings.proposalsPerMinute));
}
