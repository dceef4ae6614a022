// Protects: labels of whole videos go to the lists of their parts and come back, and what has no place there is counted.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import { openProjectStudio } from '../../testing/open-studio.ts';
import { saidRows } from '../../testing/said-rows.ts';
import { mmaction2Videos } from './mmaction2-videos.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('several classes of a video, spaces in its name, and lines that say nothing', () => {
  const companions = [{ name: 'label_map.txt', text: 'run\njump\n' }];
  const read = mmaction2Videos.read!('a/b c.mp4 1 0\nd.mp4 7\nnothing\n', 'sthv2_val_list.txt', companions);
  expect(saidRows(read)).toEqual([
    ['a/b c.mp4', 'jump', '0f', 'Infinityf'],
    ['a/b c.mp4', 'run', '0f', 'Infinityf'],
    ['d.mp4', '7', '0f', 'Infinityf'],
  ]);
  expect(read.videos.map(({ subset }) => subset)).toEqual(['validation', 'validation']);
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'line 3' }]);
});

test('labels of whole videos come back, with their parts of the data set', async () => {
  const from = await openProjectStudio(['run', 'jump']);
  const ids = await from.addVideos({ 'a.mp4': 'a: 60', 'b.mp4': 'b: 60', 'c.mp4': 'c: 60' });
  const whole = { startUs: 0, endUs: 100_000_000 };
  await from.client.segments.create({ videoId: ids[0]!, classId: 1, ...whole });
  await from.client.segments.create({ videoId: ids[0]!, classId: 2, ...whole });
  await from.client.segments.create({ videoId: ids[1]!, classId: 2, ...whole });
  await from.client.segments.create({ videoId: ids[2]!, classId: 1, startUs: 0, endUs: 400_000 });
  await from.client.splits.assign({ videoIds: [ids[0]!], split: 'train' });
  const out = join(from.folder, 'lists');
  const { warnings } = await from.client.transfer.export({
    format: 'mmaction2-videos',
    options: exportOptions.parse({}),
    place: from.targetOf(out).token,
    fileName: 'lists',
  });
  expect(inEnglish(warnings)).toEqual(['1 segment of a part of a video left out: here whole videos have labels.']);
  expect(readdirSync(out).sort()).toEqual(['label_map.txt', 'videos.txt', 'videos_train.txt']);
  expect(readFileSync(join(out, 'videos_train.txt'), 'utf8')).toBe('a.mp4 0 1\n');

  const coco = join(from.folder, 'whole.json');
  await from.client.transfer.export({
    format: 'coco',
    options: exportOptions.parse({}),
    place: from.targetOf(coco).token,
    fileName: 'whole.json',
  });
  const { images } = JSON.parse(readFileSync(coco, 'utf8')) as { images: { attributes?: unknown }[] };
  expect(images.map(({ attributes }) => attributes)).toEqual([
    { labels: ['run', 'jump'] },
    { labels: ['jump'] },
    { labels: [] },
  ]);

  const ours = await from.client.segments.list({ videoId: ids[0]! });
  await from.client.segments.remove({ segmentIds: ours.map(({ id }) => id) });
  await from.client.splits.assign({ videoIds: [ids[0]!], split: null });
  await from.client.transfer.import({ format: 'mmaction2-videos', place: from.placeOf(out).token });
  const back = await from.client.segments.list({ videoId: ids[0]! });
  expect(back.map(({ classId, startUs, endUs }) => [classId, startUs, endUs])).toEqual(
    ours.map(({ classId, startUs, endUs }) => [classId, startUs, endUs]),
  );
  expect((await from.client.videos.list())[0]!.split).toBe('train');
});
