// Protects: a check finds what is wrong with a project, a repair mends it and touches nothing that a person made.
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { npyHeader, npyHeaderBytes, writeNpy } from '../pipeline/feature-store/npy.ts';
import { openProjectStudio } from '../testing/open-studio.ts';
import { checkProject } from '../project/check-project.ts';
import { openProjectFolder } from '../project/project-folder.ts';

const options = { appVersion: '0.1.0', signal: new AbortController().signal, onProgress: () => undefined };
const look = (project: string) => checkProject(project, { ...options, repair: false });
const repair = (project: string) => checkProject(project, { ...options, repair: true });

/** A closed project in which a person has drawn, decided, undone and done again; with two backups. */
async function workedOn(): Promise<string> {
  const studio = await openProjectStudio(['jump', 'run']);
  const [first, second] = await studio.addVideos({ 'a.mp4': 'a: 300', 'b.mp4': 'b: 200' });
  const { segments, history, classes, reviews } = studio.client;
  for (const startUs of [0, 1_000_000, 2_000_000])
    await segments.create({ videoId: first!, classId: 1, startUs, endUs: startUs + 500_000 });
  await segments.create({ videoId: second!, classId: 2, startUs: 0, endUs: 1_000_000 });
  await segments.update({ segmentIds: [2], note: 'seen twice' });
  await segments.remove({ segmentIds: [3] });
  await history.undo();
  await history.undo();
  await history.redo();
  await reviews.set({ videoId: first!, classIds: [1], state: 'complete' });
  await classes.update({ classId: 2, name: 'running' });
  await studio.close();
  return join(studio.folder, 'demo.cuepoint');
}

const change = (project: string, sql: string): void => {
  new Database(join(project, 'project.sqlite')).exec(sql).close();
};

/** All that people made, as it is in the file. */
function made(project: string): unknown {
  const raw = new Database(join(project, 'project.sqlite'), { readonly: true });
  const tables = ['classes', 'segments', 'reviews', 'edits', 'edit_segments'].map((table) =>
    raw.prepare(`SELECT * FROM ${table}`).all(),
  );
  raw.close();
  return tables;
}

const opens = (project: string): boolean => {
  const { opened, lock } = openProjectFolder(project, '0.1.0');
  opened.close();
  lock?.release();
  return true;
};

test('a project that is well has no fault', async () => {
  expect(await look(await workedOn())).toEqual([]);
});

describe('a repair mends and keeps what people made, where', () => {
  test.each<readonly [string, (project: string) => void]>([
    ['a playable copy is named elsewhere', (project) => change(project, `UPDATE videos SET proxy = '../../x'`)],
    ['a media path is absolute', (project) => change(project, `UPDATE videos SET relative_path = '/etc/passwd'`)],
    ['there is a trigger', (project) => change(project, 'CREATE TRIGGER t AFTER INSERT ON edits BEGIN SELECT 1; END')],
    ['a setting cannot be', (project) => change(project, `INSERT INTO settings VALUES ('samplingFps', '-1')`)],
    ['a playable copy is gone', (project) => change(project, `UPDATE videos SET proxy = 'gone.mp4'`)],
    ['an index is gone', (project) => change(project, 'DROP INDEX segments_by_video')],
    [
      'features are cut off',
      (project) => {
        const file = join(project, 'features', 'x.npy');
        writeFileSync(file, writeNpy({ data: new Float32Array(8), shape: [2, 4] }));
        truncateSync(file, 130);
      },
    ],
    [
      'features are no numbers',
      (project) =>
        writeFileSync(
          join(project, 'features', 'x.npy'),
          writeNpy({ data: new Float32Array(8).fill(Number.NaN), shape: [2, 4] }),
        ),
    ],
    [
      'features are a hole of a terabyte',
      (project) => {
        const file = join(project, 'features', 'x.npy');
        const rows = 2 ** 38;
        writeFileSync(file, npyHeader('float32', [rows, 1]));
        truncateSync(file, npyHeaderBytes + 4 * rows);
      },
    ],
    ['a killed program left files', (project) => writeFileSync(join(project, 'backups', 'x.sqlite.unfinished'), 'x')],
    ...(process.platform === 'win32'
      ? []
      : [['a link leads out', (project: string) => symlinkSync('/etc/passwd', join(project, 'tuned', 'x'))] as const]),
  ])('%s', async (_, harm) => {
    const project = await workedOn();
    const before = made(project);
    harm(project);
    const found = await look(project);
    // Leftovers are no fault of a project: they go whenever it is opened.
    expect(found.every(({ outcome }) => outcome === 'mendable')).toBe(true);
    const mended = await repair(project);
    expect(mended.length).toBeGreaterThan(0);
    expect(mended.every(({ outcome }) => outcome === 'mended')).toBe(true);
    expect(await look(project)).toEqual([]);
    expect(made(project)).toEqual(before);
    expect(opens(project)).toBe(true);
  });
});

test('a damaged database gives way to its newest whole copy, and is kept', async () => {
  const project = await workedOn();
  const before = made(project);
  const file = join(project, 'project.sqlite');
  const damaged = readFileSync(file).fill(0xa5, 4096, 12_000);
  writeFileSync(file, damaged);
  const newest = readdirSync(join(project, 'backups')).toSorted().at(-1)!;
  truncateSync(join(project, 'backups', newest), 30_000);
  // The newest copy is damaged too, so the one before it would do; here there is only that one.
  expect(await look(project)).toMatchObject([{ outcome: 'stays', text: expect.stringContaining('no whole copy') }]);
  rmSync(join(project, 'backups', newest));
  const whole = await workedOn();
  writeFileSync(
    join(project, 'backups', '000001-2031-01-01T00-00-00.000Z-close.sqlite'),
    readFileSync(join(whole, 'project.sqlite')),
  );
  expect(await look(project)).toMatchObject([{ outcome: 'mendable' }]);
  const [first] = await repair(project);
  expect(first).toMatchObject({ outcome: 'mended', text: expect.stringContaining('damaged') });
  expect(readFileSync(`${file}.damaged`)).toEqual(damaged);
  expect(JSON.stringify(made(project)).replaceAll(/\d{13}/gu, 't')).toBe(
    JSON.stringify(before).replaceAll(/\d{13}/gu, 't'),
  );
});

test.each([
  ['a segment that was moved behind the log', 'UPDATE segments SET end_us = end_us + 1 WHERE id = 1', 'segment 1'],
  ['a decision that vanished', 'DELETE FROM segments WHERE id = 2', 'segment 2'],
  ['a renamed class', `UPDATE classes SET name = 'other' WHERE id = 2`, 'class 2'],
  ['a review that was taken back', 'DELETE FROM reviews', 'review'],
  ['an edit that cannot be read', `UPDATE edits SET body = '{}' WHERE id = 3`, 'edits'],
  ['a source that cannot be', `UPDATE segments SET source = '[]' WHERE id = 1`, 'segments'],
  ['a frame table that is none', `UPDATE videos SET frames = x'00' WHERE id = 1`, 'frame table'],
])('%s is told of and left for a person', async (_, sql, told) => {
  const project = await workedOn();
  change(project, sql);
  const before = made(project);
  for (const faults of [await look(project), await repair(project)])
    expect(faults).toContainEqual({ outcome: 'stays', text: expect.stringContaining(told) });
  expect(made(project)).toEqual(before);
});

test('a media file whose content changed though its size did not is told of', async () => {
  const project = await workedOn();
  const media = join(project, '..', 'a.mp4');
  writeFileSync(media, readFileSync(media, 'utf8').replace('a', 'z'));
  expect(await look(project)).toMatchObject([{ outcome: 'stays', text: expect.stringContaining('a.mp4') }]);
});

test('a check leaves every byte of a project as it is', async () => {
  const project = await workedOn();
  change(project, `UPDATE videos SET proxy = '../../x'`);
  const bytes = () => readFileSync(join(project, 'project.sqlite'));
  const before = bytes();
  await look(project);
  expect(bytes()).toEqual(before);
  expect(existsSync(join(project, 'project.sqlite-wal'))).toBe(false);
});
