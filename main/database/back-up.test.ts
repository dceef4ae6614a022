// Protects: a large project is copied when it is closed while the program goes on answering, and dying in the middle of
// it leaves neither a broken copy nor a rest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { EditLog } from '../annotation/edit-log.ts';
import { openProjectFolder } from '../project/project-folder.ts';
import { largeProject } from '../testing/large-project.ts';

const dieBackingUp = fileURLToPath(new URL('../testing/die-backing-up.ts', import.meta.url));

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
