import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { counted } from '#preload/domain/counted.ts';
import { reviewNeighbour } from '../../shared/decide-segments.ts';
import { announce } from '../../shared/notices.ts';
import { changeWorklist, reconcile, resetReviewQueue, useReviewQueue } from '../../shared/review-queue.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api } from '../../backend/client.ts';

/** Keeps the worklist in step with the backend's queue for the filters in force. */
export function useQueue() {
  const order = useStudio((studio) => studio.reviewOrder);
  const videoId = useStudio((studio) => (studio.reviewThisVideoOnly ? studio.selectedVideoId : null));
  const classId = useStudio((studio) => studio.reviewClassId);
  const queue = useQuery(api.segments.queue.queryOptions({ input: { order, videoId, classId, limit: 200 } }));
  useEffect(() => resetReviewQueue, [order, videoId, classId]);
  useEffect(() => {
    if (!queue.data) return;
    changeWorklist((list) => reconcile(list, queue.data));
    const { arrived } = useReviewQueue.getState().list;
    if (arrived > 0) announce(counted(arrived, 'new proposal'));
  }, [queue.data]);
  const begins = useReviewQueue((review) => review.begins);
  useEffect(() => {
    if (!begins || !queue.data) return;
    useReviewQueue.setState({ begins: false });
    reviewNeighbour(1);
  }, [queue.data, begins]);
  return queue;
}
