// The next of the review is one that there is: a model run may take proposals away a moment before the queue tells.
import { beforeEach, expect, test } from 'vitest';
import type { Segment } from '#preload/domain/segment.ts';
import { api, queries } from '../backend/client.ts';
import { someProposals } from '../testing/rows.ts';
import { reviewNeighbour } from './decide-segments.ts';
import { emptyWorklist, reconcile, resetReviewQueue, useReviewQueue } from './review-queue.ts';
import { initialView, useStudio } from './studio-state.ts';

const [first, second, third] = someProposals(3) as [Segment, Segment, Segment];
const listOfVideo = api.segments.list.queryKey({ input: { videoId: first.videoId } });

beforeEach(() => {
  queries.clear();
  resetReviewQueue();
  useStudio.setState({ ...initialView, selectedVideoId: first.videoId });
  const segments = [first, second, third];
  useReviewQueue.setState({ list: reconcile(emptyWorklist, { total: 3, segments }) });
});

test('one that its video no longer lists is passed over', () => {
  queries.setQueryData(listOfVideo, [second, third]);
  expect(reviewNeighbour(1)).toBe(true);
  expect(useStudio.getState().selectedSegmentIds).toEqual([second.id]);
});

test('where all are gone nobody is told that none is left', () => {
  queries.setQueryData(listOfVideo, []);
  expect(reviewNeighbour(1)).toBe(true);
  expect(useStudio.getState().selectedSegmentIds).toEqual([]);
});

test('a list that is old, or not there, says nothing of what is gone', async () => {
  queries.setQueryData(listOfVideo, []);
  await queries.invalidateQueries({ queryKey: listOfVideo });
  expect(reviewNeighbour(1)).toBe(true);
  expect(useStudio.getState().selectedSegmentIds).toEqual([first.id]);
});
