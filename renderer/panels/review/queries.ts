import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { mostQueued } from '#preload/domain/review-queue.ts';
import { counted } from '../../language/counted.ts';
import { reviewNeighbour } from '../../shared/decide-segments.ts';
import { announce } from '../../shared/notices.ts';
import { reviewOrders } from '../../shared/review-orders.ts';
import { changeWorklist, reconcile, resetReviewQueue, takeFresh, useReviewQueue } from '../../shared/review-queue.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api } from '../../backend/client.ts';

/** How many of the queue are fetched to begin with. */
const firstPage = 200;

/** What the queue is asked for, but for how much of it. */
function useQuestion() {
  const order = useStudio((studio) => studio.reviewOrder);
  const draw = useStudio((studio) => studio.reviewDraw);
  const videoId = useStudio((studio) => (studio.reviewThisVideoOnly ? studio.selectedVideoId : null));
  const choice = useStudio((studio) => studio.reviewChoice);
  return useMemo(
    () => ({ ...choice, states: choice.states ?? [...reviewOrders[order].states], order, draw, videoId }),
    [order, draw, videoId, choice],
  );
}

/** Keeps the worklist in step with the backend's queue for the filters in force. `fetchMore` makes the list longer. */
export function useQueue() {
  const question = useQuestion();
  // Of which question more was asked for: another one begins at the first page again.
  const [wanted, setWanted] = useState({ question, limit: firstPage });
  const limit = wanted.question === question ? wanted.limit : firstPage;
  const queue = useQuery({
    ...api.segments.queue.queryOptions({ input: { ...question, limit } }),
    // While more of the same is on its way, what is known stands.
    ...(limit > firstPage && { placeholderData: keepPreviousData }),
  });
  useEffect(() => resetReviewQueue, [question]);
  useEffect(() => {
    if (!queue.data) return;
    // Where nobody has begun there is no place to keep: the best come first, as they are.
    const { focusId, chosen } = useReviewQueue.getState();
    const hasBegun = focusId !== null || chosen.size > 0;
    changeWorklist((list) => {
      const next = reconcile(list, queue.data);
      return hasBegun ? next : { ...takeFresh(next), arrived: next.arrived };
    });
    const { arrived } = useReviewQueue.getState().list;
    if (arrived > 0) announce(counted(arrived, 'new proposal'));
  }, [queue.data]);
  const begins = useReviewQueue((review) => review.begins);
  useEffect(() => {
    if (!begins || !queue.data) return;
    useReviewQueue.setState({ begins: false });
    reviewNeighbour(1);
  }, [queue.data, begins]);
  const hasMore = queue.data !== undefined && queue.data.segments.length >= limit && limit < mostQueued;
  const fetchMore =
    hasMore && !queue.isFetching ? () => setWanted({ question, limit: Math.min(limit * 3, mostQueued) }) : undefined;
  return { ...queue, fetchMore };
}
