import type { SegmentState } from '#preload/domain/segment.ts';

/** The states of a segment in the order in which they are offered. */
export const segmentStateWords: Readonly<Record<SegmentState, string>> = {
  proposed: 'Proposed',
  accepted: 'Accepted',
  rejected: 'Rejected',
};
