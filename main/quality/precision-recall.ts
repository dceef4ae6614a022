import type { CurvePoint } from '#preload/domain/quality.ts';
import type { MatchedProposal } from './matched-videos.ts';

/**
 * Precision and recall of all proposals from each score on, by falling score. Of more than `mostPoints` scores some are left
 * out, evenly, never the first or the last.
 *
 * @param segments marked in all.
 */
export function precisionRecall(
  proposals: readonly MatchedProposal[],
  segments: number,
  mostPoints: number,
): CurvePoint[] {
  if (segments === 0) return [];
  const ranked = proposals.toSorted((a, b) => b.proposal.score - a.proposal.score);
  const points: CurvePoint[] = [];
  let right = 0;
  for (const [index, { proposal, finds }] of ranked.entries()) {
    if (finds !== null) right += 1;
    // Equal scores are shown together or not at all.
    if (ranked[index + 1]?.proposal.score === proposal.score) continue;
    points.push({ score: proposal.score, precision: right / (index + 1), recall: right / segments });
  }
  return thinned(points, mostPoints);
}

function thinned<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, at) => items[Math.round((at * (items.length - 1)) / (most - 1))]!);
}
