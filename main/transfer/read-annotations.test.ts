// Protects: a folder of annotation files goes in as one, a bad file beside good ones is listed, and links lead nowhere.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import { openProjectStudio, type TestStudio } from '../testing/open-studio.ts';
import { writeFolder } from './write-folder.ts';
import { inEnglish } from '#main/testing/in-english.ts';

let studio: TestStudio;
beforeEach(async () => {
  studio = await openProjectStudio();
});

const importFrom = (format: string, path: string) =>
  studio.client.transfer.import({ format, place: studio.placeOf(path).token });

function folderOf(files: Record<string, string>): string {
  const folder = join(studio.folder, 'labels');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('files of a folder become one step', async () => {
  await studio.addVideos({ 'film.mp4': 'a: 300' });
  const folder = folderOf({ 'run_val.txt': 'film 1 2\n', 'below/jump_test.txt': 'film 3 4\nfilm 6 5\n', 'x.md': 'no' });
  const outcome = await importFrom('thumos14', folder);
  expect(outcome).toMatchObject({ addedSegments: 2, addedClasses: 2 });
  expect(inEnglish(outcome.leftOut)).toEqual([
    { place: 'below/jump_test.txt, line 2', reason: 'a segment must end after it starts' },
  ]);
  await studio.client.history.undo();
  expect(await studio.client.classes.list()).toEqual([]);
});

test('a file that cannot be read is listed beside the others, and alone it is refused', async () => {
  await studio.addVideos({ 'film.mp4': 'a: 300' });
  const folder = folderOf({ 'run_val.txt': 'film 1 2\n', 'bad_val.txt': 'nothing here\n' });
  expect(await importFrom('thumos14', folder)).toMatchObject({ addedSegments: 1, leftOut: [{ place: 'bad_val.txt' }] });
  await expect(importFrom('thumos14', join(folder, 'bad_val.txt'))).rejects.toMatchObject({
    code: 'unreadable-annotations',
  });
  await expect(importFrom('coco', folder)).rejects.toMatchObject({ message: expect.stringContaining('.json') });
});

// Other systems refuse such names.
test.runIf(process.platform === 'linux')('a name that is not UTF-8 is the reason', async () => {
  const folder = folderOf({ 'run_val.txt': 'film 1 2\n' });
  writeFileSync(Buffer.concat([Buffer.from(join(folder, 'caf')), Buffer.of(0xe9), Buffer.from('.csv')]), 'x');
  const listed = readdirSync(folder).find((name) => name.endsWith('.csv'))!;
  await expect(importFrom('csv', join(folder, listed))).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringMatching(/caf\uFFFD\.csv has a name that is not UTF-8 .* rename it/u),
  });
});

test.skipIf(process.platform === 'win32')('what has no end is no file of annotations', async () => {
  await studio.addVideos({ 'film.mp4': 'a: 300' });
  const folder = folderOf({ 'run_val.txt': 'film 1 2\n' });
  execFileSync('mkfifo', [join(folder, 'jump_val.txt')]);
  expect(await importFrom('thumos14', folder)).toMatchObject({ addedSegments: 1 });
  for (const endless of [join(folder, 'jump_val.txt'), '/dev/zero'])
    await expect(importFrom('thumos14', endless)).rejects.toMatchObject({
      code: 'unreadable-annotations',
      message: expect.stringMatching(/is no file but a pipe or a device/u),
    });
});

test('links of a folder are not followed', async () => {
  await studio.addVideos({ 'film.mp4': 'a: 300' });
  const folder = folderOf({ 'run_val.txt': 'film 1 2\n' });
  writeFileSync(join(studio.folder, 'outside.txt'), 'film 3 4\n');
  symlinkSync(join(studio.folder, 'outside.txt'), join(folder, 'link_val.txt'));
  expect(await importFrom('thumos14', folder)).toMatchObject({ addedSegments: 1, addedClasses: 1 });
});

test('an export of several files comes back from its folder', async () => {
  const [film] = await studio.addVideos({ 'film.mp4': 'a: 300' });
  await importFrom('thumos14', folderOf({ 'run_val.txt': 'film 1 2\n', 'jump_val.txt': 'film 3 4\n' }));
  const { path } = await studio.client.transfer.export({
    format: 'charades',
    options: exportOptions.parse({}),
    place: studio.placeOf(studio.folder).token,
    fileName: 'out',
  });
  const segmentIds = (await studio.client.segments.list({ videoId: film! })).map(({ id }) => id);
  await studio.client.segments.remove({ segmentIds });
  expect(await importFrom('charades', path!)).toMatchObject({ addedSegments: 2, addedClasses: 0, warnings: [] });
});

describe('a folder is not written', () => {
  test.each([['../out.txt'], ['a/../../out.txt'], ['/out.txt'], ['a\\b.txt']])('with a file %s', async (name) => {
    await expect(writeFolder(join(studio.folder, 'out'), [{ name, text: '' }])).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  test('where two files would be one', async () => {
    const files = ['Clip.txt', 'clip.txt'].map((name) => ({ name, text: '' }));
    await expect(writeFolder(join(studio.folder, 'out'), files)).rejects.toMatchObject({
      message: expect.stringContaining('would be one file'),
    });
  });
});
