import type { ReviewOrder } from '#preload/domain/review-queue.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { api, backend, knownSegment, queries } from '../backend/client.ts';
import { isCurrent } from '../backend/is-current.ts';
import { rowsOf } from '../backend/segment-order.ts';
import type { ChosenMany } from './choose-many.ts';
import {
  forgetLeaving,
  letLeave,
  markDeciding,
  neighbourInQueue,
  shownSegments,
  useReviewQueue,
} from './review-queue.ts';
import { showMoment } from './show-moment.ts';
import { nothingChosen, useStudio, type ReviewChoice } from './studio-state.ts';

export type Decision =
  | { readonly kind: 'accept' }
  | { readonly kind: 'reject' }
  /** Gives another class; a proposal is thereby accepted. */
  | { readonly kind: 'relabel'; readonly classId: number };

/** Puts a segment of the queue in focus: on screen, selected, playing round and round. In the grid it alone is chosen then. */
export function reviewSegment(segment: Segment, choice?: ChosenMany): void {
  const inGrid = useStudio.getState().reviewGrid;
  const alone = { chosen: new Set(inGrid ? [segment.id] : []), anchorId: inGrid ? segment.id : null };
  useReviewQueue.setState({ focusId: segment.id, ...(choice ?? alone) });
  showMoment(segment.videoId, segment, 'loop');
  useStudio.getState().selectSegments([segment.id], segment.videoId);
  useStudio.getState().show({ reviewing: true });
}

/** Those that their videos still list: a model run may take proposals away a moment before the queue tells. */
function stillListed(open: ReadonlyMap<number, Segment>): ReadonlyMap<number, Segment> {
  const there = new Map(open);
  for (const [videoId, segments] of Map.groupBy(open.values(), (segment) => segment.videoId)) {
    const key = api.segments.list.queryKey({ input: { videoId } });
    const listed = queries.getQueryData(key);
    if (listed === undefined || !isCurrent(key)) continue;
    const ids = segments.map(({ id }) => id);
    const found = rowsOf(listed, ids);
    for (const id of ids) if (!found.has(id)) there.delete(id);
  }
  return there;
}

/**
 * Goes `step` places through the queue from the one in focus; where something else was selected in the meantime, back
 * to the one in focus. Answers false where none is left.
 */
export function reviewNeighbour(step: 1 | -1): boolean {
  const { list: queued, focusId } = useReviewQueue.getState();
  const list = { ...queued, open: stillListed(queued.open) };
  const left = useStudio.getState().selectedSegmentIds[0] !== focusId;
  const focused = left ? shownSegments(list).find((segment) => segment.id === focusId) : undefined;
  const next = focused ?? neighbourInQueue(list, focusId, step);
  if (next) reviewSegment(next);
  // Where all of them are gone, others are on their way.
  return next !== undefined || list.open.size < queued.open.size;
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

const verdicts = { accept: 'accepted', reject: 'rejected', relabel: 'relabelled' } as const;

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

/** What is chosen in the grid, as long as nothing else was selected since; null where nothing is. */
function chosenInGrid(): readonly number[] | null {
  const { chosen, focusId } = useReviewQueue.getState();
  const [selectedId, ...more] = useStudio.getState().selectedSegmentIds;
  return chosen.size > 0 && more.length === 0 && selectedId === focusId ? [...chosen] : null;
}

/** What a decision is about: what is chosen in the grid, else what is selected. */
export const segmentsToDecide = (): readonly number[] => chosenInGrid() ?? useStudio.getState().selectedSegmentIds;

/**
 * Decides on the selected segments, or those chosen in the grid, in one edit. Where the selected one is the queue's
 * focus, the next comes on screen at once, before the backend has answered; if it refuses, the segment comes back.
 * Rejects with that failure.
 */
export async function decideSelected(decision: Decision): Promise<void> {
  const chosen = chosenInGrid();
  // An undone edit may leave a segment selected that is gone; one just made is on its way.
  const segmentIds = segmentsToDecide().filter((id) => id < 0 || knownSegment(id) !== undefined);
  if (segmentIds.length === 0) return;
  const update = { segmentIds, ...change(decision, segmentIds) };
  const inQueue = chosen !== null || (segmentIds.length === 1 && segmentIds[0] === useReviewQueue.getState().focusId);
  if (chosen !== null) letLeave(segmentIds, verdicts[decision.kind]);
  markDeciding(segmentIds, true);
  if (inQueue && !reviewNeighbour(1)) useStudio.getState().show({ reviewing: false });
  try {
    await backend.segments.update(update);
  } catch (error) {
    markDeciding(segmentIds, false);
    forgetLeaving();
    throw error;
  }
}
