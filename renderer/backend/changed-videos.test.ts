// Videos that a change tells are laid over the list that is known, which at ten thousand is not fetched for one of them.
import { afterEach, describe, expect, test } from 'vitest';
import type { Change } from '#preload/contract/changes.ts';
import type { Video } from '#preload/domain/video.ts';
import { someVideos } from '../testing/rows.ts';
import { withChangedVideos } from './changed-videos.ts';
import { staleKeys } from './changes.ts';
import { api, queries } from './client.ts';

const key = api.videos.list.queryKey();
const [first, second, third, fourth] = someVideos(4) as [Video, Video, Video, Video];

describe('a list of videos', () => {
  test('takes one as it is now in its place, the others stay the very same', () => {
    const now = { ...second, embedded: false };
    const after = withChangedVideos([first, second, third], [2], [now]);
    expect(after).toEqual([first, now, third]);
    expect(after[0]).toBe(first);
  });

  test('takes a new one in the order in which they were added', () => {
    expect(withChangedVideos([first, third], [4, 2], [fourth, second])).toEqual([first, second, third, fourth]);
  });

  test('loses one that has no row any more', () =>
    expect(withChangedVideos([first, second, third], [2, 3], [third])).toEqual([first, third]));
});

describe('a change of videos', () => {
  afterEach(() => queries.clear());
  const change: Change = { topic: 'videos', videoIds: [2], rows: [{ ...second, missing: true }] };
  const asksForAll = (told: Change): boolean =>
    staleKeys(told).some((each) => JSON.stringify(each) === JSON.stringify(api.videos.list.key()));

  test('with rows asks for nothing more of a list that is known', () => {
    queries.setQueryData(key, [first, second]);
    expect(asksForAll(change)).toBe(false);
    expect(queries.getQueryData(key)![1]!.missing).toBe(true);
  });

  test('without rows, or of a list that is old, asks for all', async () => {
    queries.setQueryData(key, [first, second]);
    expect(asksForAll({ topic: 'videos', videoIds: [2] })).toBe(true);
    await queries.invalidateQueries({ queryKey: key });
    expect(asksForAll(change)).toBe(true);
    expect(queries.getQueryData(key)![1]!.missing).toBe(false);
  });
});
