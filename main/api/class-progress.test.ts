// How far each class is counts the videos and segments that are in sight, and follows reviews and decisions.
import { expect, test } from 'vitest';
import { english } from '#preload/domain/saying.ts';
import { openProjectStudio } from '../testing/open-studio.ts';

test('each class with its videos by review and its segments by state', async () => {
  const studio = await openProjectStudio(['jump', 'run']);
  const { client } = studio;
  const [a, b] = (await studio.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 300' })) as [number, number];
  const frames = studio.frameTableOf(a);
  const make = (classId: number, at: number) =>
    client.segments.create({ videoId: a, classId, startUs: frames[at]!, endUs: frames[at + 10]! });
  await make(1, 0);
  const other = await make(1, 30);
  await client.segments.update({ segmentIds: [other.id], state: 'rejected' });
  await client.reviews.set({ videoId: a, classIds: [1, 2], state: 'complete' });
  await client.reviews.set({ videoId: b, classIds: [1], state: 'in-progress' });
  const none = { accepted: 0, proposed: 0, rejected: 0 };
  expect(await client.reviews.progress()).toEqual([
    { ...none, classId: 1, complete: 1, inProgress: 1, unseen: 0, accepted: 1, rejected: 1 },
    { ...none, classId: 2, complete: 1, inProgress: 0, unseen: 1 },
  ]);
  await client.videos.remove({ videoId: a });
  expect(await client.reviews.progress()).toEqual([
    { ...none, classId: 1, complete: 0, inProgress: 1, unseen: 0 },
    { ...none, classId: 2, complete: 0, inProgress: 0, unseen: 1 },
  ]);
});

test('what is said of several videos is one edit, and one undo takes it back', async () => {
  const studio = await openProjectStudio(['jump', 'run']);
  const { client } = studio;
  const ids = await studio.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 300' });
  const complete = async () => (await client.reviews.progress()).map((row) => row.complete);
  await client.reviews.setOfVideos({ videoIds: ids, classIds: [1, 2], state: 'complete' });
  expect(await complete()).toEqual([2, 2]);
  const [edit] = await client.history.list({});
  expect(english(edit!.label)).toBe('Mark 2 classes in 2 videos complete');
  await client.history.undo({});
  expect(await complete()).toEqual([0, 0]);
});
