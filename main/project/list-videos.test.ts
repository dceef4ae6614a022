// Protects: what a change tells of videos is what the whole list says of them, and it tells rows only where they are few.
import { expect, test } from 'vitest';
import type { Change } from '#preload/contract/changes.ts';
import { openProjectStudio } from '../testing/open-studio.ts';

test('videos that come, change and go are told as the list has them', async () => {
  const { client, addVideos } = await openProjectStudio(['jump']);
  const stop = new AbortController();
  const changes = await client.studio.changes(undefined, { signal: stop.signal });
  const told: Extract<Change, { topic: 'videos' }>[] = [];
  const reading = (async () => {
    for await (const change of changes) if (change.topic === 'videos') told.push(change);
  })();
  const meet = async (does: () => Promise<unknown>, videoIds: readonly number[]): Promise<void> => {
    const before = told.length;
    await does();
    await expect.poll(() => told.length).toBeGreaterThan(before);
    const listed = await client.videos.list();
    const { rows, videoIds: ids } = told.at(-1)!;
    expect(ids).toEqual(videoIds);
    expect(rows).toEqual(listed.filter(({ id }) => videoIds.includes(id)));
  };
  await meet(async () => addVideos({ 'a.mp4': 'a: 300' }), [1]);
  await meet(async () => client.splits.assign({ videoIds: [1], split: 'test' }), [1]);
  await meet(async () => client.videos.remove({ videoId: 1 }), [1]);
  expect(told.at(-1)!.rows).toEqual([]);
  await meet(async () => client.history.undo(), [1]);
  await addVideos(
    Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`many ${index}.mp4`, `b: ${index + 9}`])),
  );
  const all = (await client.videos.list()).map(({ id }) => id);
  const before = told.length;
  await client.splits.assign({ videoIds: all, split: 'train' });
  await expect.poll(() => told.length).toBeGreaterThan(before);
  expect(told.at(-1)).toEqual({ topic: 'videos', videoIds: all });
  stop.abort();
  await reading;
});
