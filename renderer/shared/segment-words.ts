import type { SegmentState } from '#preload/domain/segment.ts';
import { t } from '../language/language.ts';

/** The states of a segment in the order in which they are offered. */
export const segmentStateWords: Readonly<Record<SegmentState, string>> = {
  proposed: t('Proposed'),
  accepted: t('Accepted'),
  rejected: t('Rejected'),
};

/** The same within a sentence. */
export const segmentStateSaid: Readonly<Record<SegmentState, string>> = {
  proposed: t('proposed'),
  accepted: t('accepted'),
  rejected: t('rejected'),
};
