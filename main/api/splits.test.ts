// Protects: videos stay in the part of the data set that they were put in, through undo and files, and those kept for
// validation and testing teach nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import { openProjectStudio } from '../testing/open-studio.ts';
import type { TestStudio } from '../testing/open-studio.ts';

const films = { 'P01_1.mp4': 'a: 30', 'P01_2.mp4': 'b: 30', 'P02_1.mp4': 'c: 30', 'P03_1.mp4': 'd: 30' } as const;

async function withFilms(): Promise<{ studio: TestStudio; ids: number[] }> {
  const studio = await openProjectStudio(['jump']);
  return { studio, ids: await studio.addVideos(films) };
}

const splitsOf = async ({ client }: TestStudio) => (await client.videos.list()).map(({ split }) => split);

test('a part is given by hand, and undo and redo take it back and give it again', async () => {
  const { studio, ids } = await withFilms();
  await studio.client.splits.assign({ videoIds: [ids[0]!, ids[1]!], split: 'test' });
  await studio.client.splits.assign({ videoIds: [ids[1]!], split: 'train' });
  expect(await splitsOf(studio)).toEqual(['test', 'train', null, null]);
  await studio.client.history.undo();
  expect(await splitsOf(studio)).toEqual(['test', 'test', null, null]);
  await studio.client.history.undo();
  expect(await splitsOf(studio)).toEqual([null, null, null, null]);
  await studio.client.history.redo();
  expect(await splitsOf(studio)).toEqual(['test', 'test', null, null]);
  await studio.client.splits.assign({ videoIds: [ids[0]!], split: null });
  expect(await splitsOf(studio)).toEqual([null, 'test', null, null]);
});

test('learning sees no correction and no review of a video for validation or testing', async () => {
  const { studio, ids } = await withFilms();
  for (const videoId of ids) {
    await studio.client.segments.create({ videoId, classId: 1, startUs: 0, endUs: 500_000 });
    await studio.client.reviews.set({ videoId, classIds: [1], state: 'complete' });
  }
  const shots = async () => (await studio.client.tuning.status()).classes[0]!.shots.map(({ videoId }) => videoId);
  expect(await shots()).toEqual(ids);
  await studio.client.splits.assign({ videoIds: [ids[0]!], split: 'test' });
  await studio.client.splits.assign({ videoIds: [ids[1]!], split: 'validation' });
  await studio.client.splits.assign({ videoIds: [ids[2]!], split: 'train' });
  expect(await shots()).toEqual([ids[2], ids[3]]);
  expect((await studio.client.tuning.status()).reviewedVideoIds).toEqual([ids[2], ids[3]]);
});

test('what was drawn was previewed, is the same for a seed, and keeps sources together', async () => {
  const { studio } = await withFilms();
  const draw = { shares: { train: 50, validation: 25, test: 25 }, seed: 7, together: 'name' as const };
  const previewed = await studio.client.splits.preview(draw);
  expect(await splitsOf(studio)).toEqual([null, null, null, null]);
  expect(await studio.client.splits.draw(draw)).toEqual(previewed);
  const drawn = await splitsOf(studio);
  expect(drawn[0]).toBe(drawn[1]);
  expect(previewed.videos).toEqual({ train: 2, validation: 1, test: 1, none: 0 });
  await studio.client.history.undo();
  await studio.client.splits.draw(draw);
  expect(await splitsOf(studio)).toEqual(drawn);
  await expect(studio.client.splits.draw({ ...draw, together: 'pattern', pattern: '(' })).rejects.toThrow(/pattern/);
  await expect(studio.client.splits.draw({ ...draw, shares: { train: 0, validation: 0, test: 0 } })).rejects.toThrow(
    /more than 0/,
  );
});

test.each([
  ['activitynet', ['testing', 'training', 'unassigned', 'validation']],
  ['coco', ['null', 'test', 'train', 'validation']],
])('%s carries the parts into another project', async (format, words) => {
  const { studio, ids } = await withFilms();
  for (const videoId of ids) await studio.client.segments.create({ videoId, classId: 1, startUs: 0, endUs: 500_000 });
  for (const [index, split] of (['train', 'validation', 'test'] as const).entries())
    await studio.client.splits.assign({ videoIds: [ids[index]!], split });
  const { path } = await studio.client.transfer.export({
    format,
    options: exportOptions.parse({}),
    place: studio.targetOf(join(studio.folder, 'out.json')).token,
    fileName: 'out.json',
  });
  const json = JSON.parse(readFileSync(path!, 'utf8')) as {
    database?: Record<string, { subset: string }>;
    videos?: { split: string | null }[];
  };
  const told = json.database
    ? Object.values(json.database).map(({ subset }) => subset)
    : json.videos!.map(({ split }) => String(split));
  expect(told.sort()).toEqual(words);
  const other = await openProjectStudio();
  await other.addVideos(films);
  await other.client.transfer.import({ format, place: other.placeOf(path!).token });
  expect(await splitsOf(other)).toEqual(['train', 'validation', 'test', null]);
  await other.client.history.undo();
  expect(await splitsOf(other)).toEqual([null, null, null, null]);
});
