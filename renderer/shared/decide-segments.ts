import type { ReviewOrder } from '#preload/domain/review-queue.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { backend, knownSegment } from '../backend/client.ts';
import { markDeciding, neighbourInQueue, shownSegments, useReviewQueue } from './review-queue.ts';
import { showMoment } from './show-moment.ts';
import { nothingChosen, useStudio, type ReviewChoice } from './studio-state.ts';

export type Decision =
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject' }
  /** Gives another class; a proposal is thereby accepted. */
  | { readonly kind: 'relabel'; readonly classId: number };

/** Puts a segment of the queue in focus: on screen, selected, playing round and round. */
export function reviewSegment(segment: Segment): void {
  useReviewQueue.setState({ focusId: segment.id });
  showMoment(segment.videoId, segment, 'loop');
  useStudio.getState().selectSegments([segment.id], segment.videoId);
  useStudio.getState().show({ reviewing: true });
}

/**
 * Goes `step` places through the queue from the one in focus; where something else was selected in the meantime, back
 * to the one in focus. Answers false where none is left.
 */
export function reviewNeighbour(step: 1 | -1): boolean {
  const { list, focusId } = useReviewQueue.getState();
  const left = useStudio.getState().selectedSegmentIds[0] !== focusId;
  const focused = left ? shownSegments(list).find((segment) => segment.id === focusId) : undefined;
  const next = focused ?? neighbourInQueue(list, focusId, step);
  if (next) reviewSegment(next);
  return next !== undefined;
}

/** The queue in another order, with the segments that it is about; by lot, another one. */
export function orderReview(reviewOrder: ReviewOrder): void {
  const { reviewChoice, reviewDraw, show } = useStudio.getState();
  show({
    reviewOrder,
    reviewChoice: { ...reviewChoice, states: null },
    reviewDraw: reviewOrder === 'random' ? Math.floor(Math.random() * 1_000_000) : reviewDraw,
  });
}

/** Opens the queue with nothing but this in it. */
export const reviewOnly = (choice: Partial<ReviewChoice>): void =>
  useStudio.getState().show({ reviewChoice: { ...nothingChosen, ...choice }, rightPanel: 'review' });

/** Opens the queue in another order and brings its first up. */
export function beginReview(reviewOrder: ReviewOrder): void {
  orderReview(reviewOrder);
  useStudio.getState().show({ rightPanel: 'review' });
  useReviewQueue.setState({ begins: true, focusId: null });
}

const change = (decision: Decision, segmentIds: readonly number[]) => {
  switch (decision.kind) {
    case 'accept':
      return { state: 'accepted' as const };
    case 'reject':
      return { state: 'rejected' as const };
    case 'relabel': {
      const allProposed = segmentIds.every((id) => knownSegment(id)?.state === 'proposed');
      return { classId: decision.classId, ...(allProposed && { state: 'accepted' as const }) };
    }
  }
};

/**
 * Decides on the selected segments in one edit. Where the selected one is the queue's focus, the next comes on screen
 * at once, before the backend has answered; if it refuses, the segment comes back. Rejects with that failure.
 */
export async function decideSelected(decision: Decision): Promise<void> {
  const { selectedSegmentIds } = useStudio.getState();
  // An undone edit may leave a segment selected that is gone; one just made is on its way.
  const segmentIds = selectedSegmentIds.filter((id) => id < 0 || knownSegment(id) !== undefined);
  if (segmentIds.length === 0) return;
  const update = { segmentIds, ...change(decision, segmentIds) };
  const inQueue = segmentIds.length === 1 && segmentIds[0] === useReviewQueue.getState().focusId;
  markDeciding(segmentIds, true);
  if (inQueue && !reviewNeighbour(1)) useStudio.getState().show({ reviewing: false });
  try {
    await backend.segments.update(update);
  } catch (error) {
    markDeciding(segmentIds, false);
    throw error;
  }
}
