// Protects: a large project is looked over when it is opened, and copied when it is closed, while the program goes on
// answering; dying in the middle leaves neither a broken copy nor a rest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { EditLog } from '../annotation/edit-log.ts';
import { isSoundProject, openProjectFolder } from '../project/project-folder.ts';
import { openProjectStudio, openStudio } from '../testing/open-studio.ts';

const dieBackingUp = fileURLToPath(new URL('../testing/die-backing-up.ts', import.meta.url));

/** A closed project of some 80 MB: an edit with a long note, many times over. */
async function largeProject(): Promise<string> {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
  const { id } = await studio.client.segments.create({ videoId: videoId!, classId: 1, startUs: 0, endUs: 1_000_000 });
  await studio.client.segments.update({ segmentIds: [id], note: 'x'.repeat(2000) });
  await studio.close();
  const project = join(studio.folder, 'demo.cuepoint');
  const raw = new Database(join(project, 'project.sqlite'));
  const columns = (raw.pragma('table_info(edits)') as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => name !== 'id')
    .join();
  const last = 'SELECT max(id) FROM edits';
  raw.exec(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
     INSERT INTO edits (${columns}) SELECT ${columns} FROM edits, n WHERE edits.id = (${last})`,
  );
  raw.close();
  return project;
}

const backupsOf = (project: string): string[] => readdirSync(join(project, 'backups')).sort();

test('others are answered while a large project is copied', async () => {
  const project = await largeProject();
  const before = backupsOf(project);
  const { opened, lock } = openProjectFolder(project, 'test');
  const edits = new EditLog(opened.database, () => undefined);
  edits.undo();
  let isCopied = false;
  const copying = opened.backUp().then(() => (isCopied = true));
  await setImmediate();
  edits.undo();
  expect(isCopied).toBe(false);
  await copying;
  opened.close();
  lock!.release();
  expect(backupsOf(project)).toHaveLength(before.length + 1);
  const copy = new Database(join(project, 'backups', backupsOf(project).at(-1)!), { readonly: true });
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(copy.prepare('SELECT count(*) FROM edits').pluck().get()).toBeGreaterThan(20_000);
  copy.close();
});

test('a program that is killed meanwhile leaves whole copies alone, and nothing once the project is opened again', async () => {
  const project = await largeProject();
  const before = backupsOf(project);
  const [, signal] = (await once(spawn(process.execPath, [dieBackingUp, project], { stdio: 'inherit' }), 'exit')) as [
    number | null,
    string | null,
  ];
  expect(signal).toBe('SIGKILL');
  expect(backupsOf(project).length).toBeGreaterThan(before.length);
  const { opened, lock } = openProjectFolder(project, 'test');
  opened.close();
  lock!.release();
  expect(backupsOf(project)).toEqual(before);
});

test('others are answered while a large project is looked over, and asked for twice it is opened once', async () => {
  const project = await largeProject();
  const studio = openStudio();
  const opening = [studio.openProject(project), studio.openProject(project)];
  await setImmediate();
  expect(studio.openedProject()).toBeNull();
  expect(await Promise.all(opening)).toMatchObject([{ readOnly: false }, { readOnly: false }]);
  expect(studio.openedProject()).toBe(project);
});

test.each<readonly [string, (file: string) => void, RegExp]>([
  ['is damaged', (file) => writeFileSync(file, readFileSync(file).fill(0xa5, 4096, 40_000)), /damaged/u],
  ['brings a trigger', sql('CREATE TRIGGER t AFTER INSERT ON edits BEGIN DELETE FROM segments; END'), /trigger/u],
  ['has rows that cannot be', sql(`UPDATE videos SET relative_path = '/etc/passwd'`), /"videos"/u],
])('a large project that %s is refused in words', async (_, harm, told) => {
  const project = await largeProject();
  harm(join(project, 'project.sqlite'));
  expect(await isSoundProject(project)).toBe(false);
  await expect(openStudio().openProject(project)).rejects.toMatchObject({
    code: 'unreadable-project',
    message: expect.stringMatching(told),
  });
});

function sql(statement: string): (file: string) => void {
  return (file) => void new Database(file).exec(statement).close();
}
