import type { Segment } from '#preload/domain/segment.ts';

/** What the annotator wants to see. */
export interface Shown {
  /** Proposals below this score are hidden. */
  readonly threshold: number;
  readonly rejected: boolean;
}

/** Whether a segment is shown: everything decided, proposals from the threshold on, rejected ones on demand. Pure. */
export const isShown = ({ state, score }: Pick<Segment, 'state' | 'score'>, { threshold, rejected }: Shown): boolean =>
  state === 'accepted' ? true : state === 'rejected' ? rejected : score === null || score >= threshold;

/** Those to lay out. */
export const shownOf = (segments: readonly Segment[], shown: Shown): readonly Segment[] =>
  segments.filter((segment) => isShown(segment, shown));
