// Counts that an edit tells are laid over the lists that are known, and over none that is just being fetched or old.
import { afterEach, expect, test } from 'vitest';
import { someClasses, someVideos } from '../testing/rows.ts';
import { acceptCounts } from './changed-counts.ts';
import { api, queries } from './client.ts';

const [videosKey, classesKey] = [api.videos.list.queryKey(), api.classes.list.queryKey()];
const counts = { proposed: 4, open: 3, accepted: 2, rejected: 1 };
const told = {
  videos: [{ id: 2, counts, reviewedShare: 0.5 }],
  classes: [{ id: 1, counts: { proposed: 4, open: 3, accepted: 2 } }],
};

afterEach(() => queries.clear());

test('of the two lists only the rows that are counted anew change', () => {
  const videos = someVideos(3);
  queries.setQueryData(videosKey, videos);
  queries.setQueryData(classesKey, someClasses(2));
  expect(acceptCounts(told)).toEqual([]);
  const after = queries.getQueryData(videosKey)!;
  expect(after[1]).toEqual({ ...videos[1], counts, reviewedShare: 0.5 });
  expect(after[0]).toBe(videos[0]);
  expect(queries.getQueryData(classesKey)!.map((each) => each.counts.accepted)).toEqual([2, 0]);
});

test('a list that is old stays so, and is fetched', async () => {
  queries.setQueryData(videosKey, someVideos(3));
  queries.setQueryData(classesKey, someClasses(2));
  await queries.invalidateQueries({ queryKey: videosKey });
  expect(acceptCounts(told)).toEqual([videosKey]);
  expect(queries.getQueryData(videosKey)![1]!.counts.accepted).toBe(0);
});

test('a list that is under way is fetched once more', async () => {
  const answer = Promise.withResolvers<ReturnType<typeof someVideos>>();
  const fetching = queries.fetchQuery({ queryKey: videosKey, queryFn: async () => answer.promise });
  expect(acceptCounts(told)).toEqual([videosKey]);
  answer.resolve(someVideos(3));
  await fetching;
});
