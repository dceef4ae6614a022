import { nearestOf } from '#main/pipeline/judge/ranked-segments.ts';
import { rightTIoU, type Outcome, type OutcomeCounts } from '#preload/domain/quality.ts';
import type { MatchedVideo } from './matched-videos.ts';
import type { BlindProposal, Occurrence } from './measurement.ts';

/** What became of one occurrence, or what one proposal is that belongs to none. */
export interface Met {
  readonly outcome: Outcome;
  readonly videoId: number;
  readonly occurrence: Occurrence | null;
  readonly proposal: BlindProposal | null;
}

/**
 * What a person sees in a video who is shown proposals from a score on. Each occurrence and each shown proposal is in
 * exactly one: what no proposal of its class finds is misnamed where another one lies on it that is not right elsewhere, by
 * falling score, and missed where none does.
 */
export function outcomesOf({ videoId, occurrences, proposals }: MatchedVideo, threshold: number): Met[] {
  const shown = proposals.filter(({ proposal }) => proposal.score >= threshold);
  const taken = new Set(shown.flatMap(({ finds }) => finds ?? []));
  const met = shown.map(({ proposal, finds }): Met => {
    if (finds !== null) return { outcome: 'found', videoId, occurrence: finds, proposal };
    const named = nearestOf(occurrences, proposal, rightTIoU, taken);
    if (named === null) return { outcome: 'false', videoId, occurrence: null, proposal };
    taken.add(named);
    return { outcome: 'misnamed', videoId, occurrence: named, proposal };
  });
  for (const occurrence of occurrences)
    if (!taken.has(occurrence)) met.push({ outcome: 'missed', videoId, occurrence, proposal: null });
  return met;
}

/** The class that an outcome is counted for. */
export const countedFor = ({ occurrence, proposal }: Met): number => (occurrence ?? proposal)!.classId;

/** How many of each. */
export function countsOf(met: readonly Met[]): OutcomeCounts {
  const counts = { found: 0, misnamed: 0, missed: 0, false: 0 };
  for (const { outcome } of met) counts[outcome] += 1;
  return counts;
}

/**
 * `[K + 1, K + 1]` counts: rows the class that is true, columns the one that is proposed, in the order of `classIds`; last
 * nothing. A row of a class sums to what is marked of it, a column to what is proposed as it.
 */
export function confusionOf(met: readonly Met[], classIds: readonly number[]): number[][] {
  const index = new Map(classIds.map((classId, at) => [classId, at]));
  const nothing = classIds.length;
  const counts = Array.from({ length: nothing + 1 }, () => Array.from({ length: nothing + 1 }, () => 0));
  const at = (one: { readonly classId: number } | null): number => (one === null ? nothing : index.get(one.classId)!);
  for (const { occurrence, proposal } of met) counts[at(occurrence)]![at(proposal)]! += 1;
  return counts;
}
