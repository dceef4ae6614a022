// Protects snapshots: named by video, time and frame, never over another picture, never outside the project.
import { mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { snapshotName, writeSnapshot } from './write-snapshot.ts';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'cuepoint-snapshot-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const of = { videoName: 'yard.mp4', frame: 37, timeUs: 1_480_000 };

test('the name tells video, time and frame, and is one on every system', () => {
  expect(snapshotName(of)).toBe('yard_00-00-01.480_37.png');
  expect(snapshotName({ videoName: 'a: b?.mkv', frame: 0, timeUs: 3_723_004_999 })).toBe('a- b-_01-02-03.004_0.png');
  expect(snapshotName({ ...of, timeUs: -40_000 })).toBe('yard_-00-00-00.040_37.png');
});

test('the same picture again is the same file, another one gets a number', async () => {
  const [one, other] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4)];
  const first = await writeSnapshot(folder, of, one);
  expect(await writeSnapshot(folder, of, one)).toBe(first);
  const second = await writeSnapshot(folder, of, other);
  expect(await readdir(path.join(folder, 'exports/snapshots'))).toEqual([
    'yard_00-00-01.480_37-2.png',
    'yard_00-00-01.480_37.png',
  ]);
  expect([...(await readFile(first))]).toEqual([1, 2, 3]);
  expect([...(await readFile(second))]).toEqual([4]);
});

test('a folder that leads out of the project is not written to', async () => {
  const elsewhere = path.join(folder, 'elsewhere');
  const project = path.join(folder, 'theirs.cuepoint');
  await mkdir(elsewhere);
  await mkdir(project);
  await symlink(elsewhere, path.join(project, 'exports'));
  await expect(writeSnapshot(project, of, Uint8Array.of(1))).rejects.toMatchObject({ code: 'unreadable-project' });
  expect(await readdir(elsewhere)).toEqual([]);
});
