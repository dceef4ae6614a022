import { scoreBins, type Quality, type ScoreBin } from '#preload/domain/quality.ts';
import type { MatchedProposal } from './matched-videos.ts';

/** The bin of a score; 1 lies in the last. */
export const binOf = (score: number): number => Math.min(scoreBins - 1, Math.floor(score * scoreBins));

/**
 * Whether scores are what they say, the probability of being right: proposals by tenths of their score, and the mean
 * distance between score and share that is right, each tenth counted by its proposals (expected calibration error, Naeini,
 * Cooper and Hauskrecht 2015).
 */
export function calibrationOf(proposals: readonly MatchedProposal[], threshold: number): Quality['calibration'] {
  const shown = proposals.filter(({ proposal }) => proposal.score >= threshold);
  const bins = binned(proposals);
  return { bins, error: errorOf(bins), shownError: errorOf(binned(shown)) };
}

function binned(proposals: readonly MatchedProposal[]): ScoreBin[] {
  const ofBin = Map.groupBy(proposals, ({ proposal }) => binOf(proposal.score));
  return Array.from({ length: scoreBins }, (_, bin) => {
    const inBin = ofBin.get(bin) ?? [];
    const sum = inBin.reduce((total, { proposal }) => total + proposal.score, 0);
    return {
      from: bin / scoreBins,
      to: (bin + 1) / scoreBins,
      count: inBin.length,
      right: inBin.filter(({ finds }) => finds !== null).length,
      meanScore: inBin.length === 0 ? null : sum / inBin.length,
    };
  });
}

function errorOf(bins: readonly ScoreBin[]): number | null {
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  if (count === 0) return null;
  return bins.reduce((sum, bin) => sum + Math.abs(bin.right - (bin.meanScore ?? 0) * bin.count), 0) / count;
}
