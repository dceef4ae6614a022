import { secondsOf, type Span } from '#preload/domain/span.ts';
import type { ClassificationSettings } from '../propose/localisation-settings.ts';
import type { Proposal } from '../propose/propose-segments.ts';
import { suppressSoftly } from '../propose/suppress-overlaps.ts';
import { scoreSegment, type SegmentScore } from '../learn/segment-score.ts';
import type { ClassOrder } from '../learn/class-order.ts';
import { inOrder, type SeenProposal } from './in-order.ts';
import type { SpanClassifier } from './span-classifier.ts';

/** One class in a segment's ranking. */
interface RankedClass {
  readonly classIndex: number;
  /** P(class | segment) by the segment's own features, background texts included in the softmax. */
  readonly probability: number;
  /** What the segment would score as this class. */
  readonly score: number;
}

/** A model's segment: a proposal with a class. Times are sample boundaries, not yet frame boundaries. */
export interface ScoredSegment extends Span {
  readonly classIndex: number;
  /** How likely it is an occurrence of the class, lowered by better overlapping segments of the class. */
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
 * Stage 2: a class for each proposal. Each stands for its best few classes with a score for each, and overlaps are
 * suppressed softly within each class. Best score first.
 */
export function classifyProposals(
  proposals: readonly Proposal[],
  classifier: SpanClassifier,
  segmentScore: SegmentScore,
  limit: number,
  settings: ClassificationSettings,
  opinion: ProposalOpinion = (_, fromFeatures) => fromFeatures,
  order: ClassOrder | null = null,
): ScoredSegment[] {
  const { classCount } = classifier;
  const perClass = Array.from({ length: classCount }, (): ScoredSegment[] => []);
  const seen = seenProposals(proposals, classifier, opinion);
  for (const { proposal, probabilities, background } of order === null
    ? seen
    : inOrder([...seen], segmentScore, order)) {
    const { quality, startUs, endUs } = proposal;
    const lengthS = secondsOf(endUs - startUs);
    const ranking = Array.from(probabilities, (probability, classIndex): RankedClass => ({
      classIndex,
      probability,
      score: scoreSegment(segmentScore, classIndex, { quality, probability, background, lengthS }),
    }))
      .sort((a, b) => b.score - a.score || a.classIndex - b.classIndex)
      .slice(0, settings.rankingLength);
    for (const { classIndex, score } of ranking.slice(0, settings.classesPerProposal))
      perClass[classIndex]!.push({ startUs, endUs, classIndex, score, ranking, proposalScore: quality });
  }
  const limits = { minScore: settings.softNmsMinScore, maxKept: limit };
  return perClass
    .flatMap((segments) => suppressSoftly(segments, { decay: 'gaussian', sigma: settings.softNmsSigma }, limits))
    .sort((a, b) => b.score - a.score || a.startUs - b.startUs || a.classIndex - b.classIndex)
    .slice(0, limit);
}

/** One by one: a long video has more proposals than need be in memory with all their classes. */
function* seenProposals(
  proposals: readonly Proposal[],
  classifier: SpanClassifier,
  opinion: ProposalOpinion,
): Generator<SeenProposal> {
  for (const proposal of proposals) {
    const byFeatures = classifier.probabilities(proposal.startSample, proposal.endSample);
    const background = byFeatures.subarray(classifier.classCount).reduce((sum, share) => sum + share, 0);
    const probabilities = opinion(proposal, byFeatures.slice(0, classifier.classCount));
    if (probabilities !== null) yield { proposal, probabilities, background };
  }
}
