import type { ClipQuestion, QualityClip } from '#preload/domain/quality.ts';
import { binOf } from './calibration.ts';
import type { MatchedProposal } from './matched-videos.ts';
import { countedFor, type Met } from './outcomes.ts';
import type { HeldAgainst } from './quality-of.ts';

/**
 * What is behind a number, by video and time: as many as the number counts. Of what is marked the marked span is shown, of
 * all else the proposed one. A proposal that is right is `found` wherever it is asked for by its score, any other `false`.
 */
export function clipsBehind({ met, proposals }: HeldAgainst, question: ClipQuestion): QualityClip[] {
  return clipsOf({ met, proposals }, question).toSorted(
    (a, b) => a.videoId - b.videoId || a.startUs - b.startUs || a.endUs - b.endUs,
  );
}

function clipsOf({ met, proposals }: Pick<HeldAgainst, 'met' | 'proposals'>, question: ClipQuestion): QualityClip[] {
  switch (question.by) {
    case 'outcome': {
      const { outcome, classId } = question;
      const isMeant = (one: Met): boolean =>
        one.outcome === outcome && (classId === null || countedFor(one) === classId);
      return met.filter(isMeant).map(ofMet);
    }
    case 'cell': {
      const { trueClassId, proposedClassId } = question;
      const isMeant = ({ occurrence, proposal }: Met): boolean =>
        (occurrence?.classId ?? null) === trueClassId && (proposal?.classId ?? null) === proposedClassId;
      return met.filter(isMeant).map(ofMet);
    }
    case 'bin':
      return proposals.filter(({ proposal }) => binOf(proposal.score) === question.bin).map(ofProposal);
    case 'above': {
      const { classId, score } = question;
      const isMeant = ({ proposal }: MatchedProposal): boolean =>
        proposal.score >= score && (classId === null || proposal.classId === classId);
      return proposals.filter(isMeant).map(ofProposal);
    }
  }
}

const ofProposal = ({ videoId, proposal, finds }: MatchedProposal): QualityClip =>
  ofMet({ outcome: finds === null ? 'false' : 'found', videoId, occurrence: finds, proposal });

function ofMet({ outcome, videoId, occurrence, proposal }: Met): QualityClip {
  const { startUs, endUs } = (occurrence ?? proposal)!;
  return {
    outcome,
    videoId,
    startUs,
    endUs,
    trueClassId: occurrence?.classId ?? null,
    proposedClassId: proposal?.classId ?? null,
    score: proposal?.score ?? null,
    segmentId: occurrence?.segmentId ?? null,
  };
}
