import type { Span } from '#preload/domain/span.ts';
import type { ClassificationSettings } from '../propose/localisation-settings.ts';
import type { Proposal } from '../propose/propose-segments.ts';
import type { SpanMeans } from '../vectors/span-means.ts';
import { suppressSoftly } from '../propose/suppress-overlaps.ts';
import type { FeatureClassifier } from './feature-classifier.ts';

/** One class in a segment's ranking. */
interface RankedClass {
  readonly classIndex: number;
  /** P(class | segment) by the segment's own mean feature, background texts included in the softmax. */
  readonly probability: number;
  /** What the segment would score as this class. */
  readonly score: number;
}

/** A model's segment: a proposal with a class. Times are sample boundaries, not yet frame boundaries. */
export interface ScoredSegment extends Span {
  readonly classIndex: number;
  /** Quality of the proposal times certainty of the class, lowered by better overlapping segments of the class. */
  readonly score: number;
  /** Best classes of this stretch, best first. */
  readonly ranking: readonly RankedClass[];
  /** Class-agnostic quality of the stretch. */
  readonly proposalScore: number;
}

/**
 * Another scorer's say on what a proposal shows: class probabilities `[K]`, given those by frame features; null where
 * it has not looked at the proposal, which is then left out.
 */
export type ProposalOpinion = (proposal: Proposal, fromFeatures: Float64Array) => Float64Array | null;

/**
 * Stage 2: a class for each proposal. Certainty is the square root of P(class | proposal) times the video prior; the
 * score is that times the proposal's quality. Each proposal stands for its best few classes, and overlaps are
 * suppressed softly within each class. Best score first.
 *
 * @param spanMeans of the features that are classified: the video's own, or what a temporal module made of them.
 * @param videoPrior `[K]`.
 */
export function classifyProposals(
  proposals: readonly Proposal[],
  spanMeans: SpanMeans,
  classifier: FeatureClassifier,
  videoPrior: Float64Array,
  limit: number,
  settings: ClassificationSettings,
  opinion: ProposalOpinion = (_, fromFeatures) => fromFeatures,
): ScoredSegment[] {
  const perClass = Array.from({ length: classifier.classCount }, (): ScoredSegment[] => []);
  const mean = new Float64Array(spanMeans.dim);
  for (const proposal of proposals) {
    const unitMean = spanMeans.unitMean(proposal.startSample, proposal.endSample, mean);
    const probabilities = opinion(proposal, classifier.probabilities(unitMean));
    if (probabilities === null) continue;
    const ranking = rankClasses(probabilities, videoPrior, proposal.quality).slice(0, settings.rankingLength);
    for (const { classIndex, score } of ranking.slice(0, settings.classesPerProposal)) {
      perClass[classIndex]!.push({
        startUs: proposal.startUs,
        endUs: proposal.endUs,
        classIndex,
        score,
        ranking,
        proposalScore: proposal.quality,
      });
    }
  }
  const limits = { minScore: settings.softNmsMinScore, maxKept: limit };
  return perClass
    .flatMap((segments) => suppressSoftly(segments, { decay: 'gaussian', sigma: settings.softNmsSigma }, limits))
    .sort((a, b) => b.score - a.score || a.startUs - b.startUs || a.classIndex - b.classIndex)
    .slice(0, limit);
}

function rankClasses(probabilities: Float64Array, videoPrior: Float64Array, quality: number): RankedClass[] {
  return Array.from(probabilities, (probability, classIndex) => ({
    classIndex,
    probability,
    score: quality * Math.sqrt(probability * videoPrior[classIndex]!),
  })).sort((a, b) => b.score - a.score || a.classIndex - b.classIndex);
}
