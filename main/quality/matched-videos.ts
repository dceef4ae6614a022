import { nearestOf } from '#main/pipeline/judge/ranked-segments.ts';
import { rightTIoU } from '#preload/domain/quality.ts';
import type { BlindProposal, MeasuredVideo, Occurrence } from './measurement.ts';

/** A proposal and the occurrence of its class that it finds; null where it is wrong. */
export interface MatchedProposal {
  readonly videoId: number;
  readonly proposal: BlindProposal;
  readonly finds: Occurrence | null;
}

/** A video with each of its proposals held against what is marked, best score first. */
export interface MatchedVideo {
  readonly videoId: number;
  readonly occurrences: readonly Occurrence[];
  readonly proposals: readonly MatchedProposal[];
}

/**
 * Which proposals are right, as average precision counts them at tIoU 0.5: by falling score each finds the occurrence of
 * its class that it overlaps most, of those that no better one has found. What is found from a score on is the same
 * whatever comes below it.
 */
export function matchedVideo({ videoId, occurrences, proposals }: MeasuredVideo): MatchedVideo {
  const found = new Set<Occurrence>();
  const ofClass = Map.groupBy(occurrences, ({ classId }) => classId);
  const bestFirst = proposals.toSorted(
    (a, b) => b.score - a.score || a.startUs - b.startUs || a.classId - b.classId || a.endUs - b.endUs,
  );
  return {
    videoId,
    occurrences,
    proposals: bestFirst.map((proposal) => {
      const finds = nearestOf(ofClass.get(proposal.classId) ?? [], proposal, rightTIoU, found);
      if (finds !== null) found.add(finds);
      return { videoId, proposal, finds };
    }),
  };
}
