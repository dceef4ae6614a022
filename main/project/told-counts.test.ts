// Protects: what an edit says of counts is what the library and the class list then say.
import { expect, test } from 'vitest';
import type { Change } from '#preload/contract/changes.ts';
import { openProjectStudio } from '../testing/open-studio.ts';

test('counts that an edit tells are those that the lists say', async () => {
  const { client, addVideos } = await openProjectStudio(['jump', 'run']);
  const [videoId] = await addVideos({ 'a.mp4': 'a: 300' });
  const stop = new AbortController();
  const changes = await client.studio.changes(undefined, { signal: stop.signal });
  const told: Extract<Change, { topic: 'counts' }>[] = [];
  const reading = (async () => {
    for await (const change of changes) if (change.topic === 'counts') told.push(change);
  })();
  const meet = async (edit: () => Promise<unknown>): Promise<void> => {
    const before = told.length;
    await edit();
    await expect.poll(() => told.length).toBeGreaterThan(before);
    const { videos, classes } = told.at(-1)!;
    const [video] = await client.videos.list();
    expect(videos).toEqual([{ id: videoId, counts: video!.counts, reviewedShare: video!.reviewedShare }]);
    for (const { id, counts } of classes)
      expect(counts).toEqual((await client.classes.list()).find((each) => each.id === id)!.counts);
  };
  const at = { videoId: videoId!, classId: 1, startUs: 0, endUs: 400_000 };
  let segmentId = 0;
  await meet(async () => ({ id: segmentId } = await client.segments.create(at)));
  await meet(async () => client.segments.update({ segmentIds: [segmentId], classId: 2 }));
  await meet(async () => client.segments.update({ segmentIds: [segmentId], state: 'rejected' }));
  await meet(async () => client.history.undo());
  await meet(async () => client.reviews.set({ videoId: videoId!, classIds: [1], state: 'complete' }));
  stop.abort();
  await reading;
});
