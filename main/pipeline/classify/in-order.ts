import { secondsOf } from '#preload/domain/span.ts';
import { OrderPrior, type ClassOrder } from '../learn/class-order.ts';
import { scoreSegment, type SegmentScore } from '../learn/segment-score.ts';
import type { Proposal } from '../propose/propose-segments.ts';

/** A proposal with what it shows: `[K]` class probabilities, and that of background. */
export interface SeenProposal {
  readonly proposal: Proposal;
  readonly probabilities: Float64Array;
  readonly background: number;
}

/** What stands beside a proposal is taken for something from this score on. */
const sureEnough = 0.3;
const mostLandmarks = 200;

/**
 * The same proposals, each seen beside the surest others of the video: what usually follows what there, and comes with it,
 * is likelier.
 */
export function inOrder(
  seen: readonly SeenProposal[],
  segmentScore: SegmentScore,
  order: ClassOrder,
): readonly SeenProposal[] {
  const { order: byOrder, company } = order.weights;
  if (byOrder === 0 && company === 0) return seen;
  const ranked = seen
    .map((one) => ({ ...one, score: bestScore(one, segmentScore) }))
    .filter(({ score }) => score >= sureEnough)
    .toSorted((a, b) => b.score - a.score || a.proposal.startUs - b.proposal.startUs);
  const landmarks: { startUs: number; endUs: number; shares: Float64Array }[] = [];
  for (const { proposal, probabilities } of ranked) {
    if (landmarks.length >= mostLandmarks) break;
    const { startUs, endUs } = proposal;
    if (landmarks.some((other) => other.startUs < endUs && startUs < other.endUs)) continue;
    landmarks.push({ startUs, endUs, shares: probabilities });
  }
  const prior = new OrderPrior(
    order,
    landmarks.toSorted((a, b) => a.startUs - b.startUs),
  );
  return seen.map((one) => ({ ...one, probabilities: prior.probabilities(one.proposal, one.probabilities) }));
}

function bestScore({ proposal, probabilities, background }: SeenProposal, segmentScore: SegmentScore): number {
  const { quality, startUs, endUs } = proposal;
  const lengthS = secondsOf(endUs - startUs);
  return probabilities.reduce(
    (best, probability, classIndex) =>
      Math.max(best, scoreSegment(segmentScore, classIndex, { quality, probability, background, lengthS })),
    0,
  );
}
