import type { Segment } from '#preload/domain/segment.ts';

/** What the annotator wants to see. */
export interface Shown {
  /** Proposals below this score are hidden. */
  readonly threshold: number;
  readonly rejected: boolean;
}

/** The segments to lay out: everything decided, proposals from the threshold on, rejected ones on demand. */
export const shownOf = (segments: readonly Segment[], { threshold, rejected }: Shown): readonly Segment[] =>
  segments.filter(({ state, score }) =>
    state === 'accepted' ? true : state === 'rejected' ? rejected : score === null || score >= threshold,
  );
