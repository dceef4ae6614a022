// Protects: what was committed is there after any death of the program, and a project that cannot be used says why.
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { Failure } from '#preload/domain/failure.ts';
import { createProjectFolder, openProjectFolder } from '../project/project-folder.ts';
import { openProjectStudio } from '../testing/open-studio.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { applyMigrations, knownMigrations, pendingMigrations } from './migrate.ts';
import { openDatabase } from './open-database.ts';

const rounds = 12;

const editForever = fileURLToPath(new URL('../testing/edit-forever.ts', import.meta.url));
const lookAtProject = fileURLToPath(new URL('../testing/look-at-project.ts', import.meta.url));

/** A closed project with a class and a video. */
async function readyProject(): Promise<string> {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
  await studio.client.segments.create({ videoId: videoId!, classId: 1, startUs: 0, endUs: 1_000_000 });
  await studio.close();
  return join(studio.folder, 'demo.cuepoint');
}

/** What the program prints until it has gone, by lines; a line that was cut is left out. */
async function linesOf(child: ChildProcess): Promise<string[]> {
  let output = '';
  let problem = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (problem += text));
  await once(child, 'close');
  expect(problem).toBe('');
  return output.split('\n').slice(0, -1);
}

/** Identifiers of logged edits, read from the file after the program's own recovery; the file is whole. */
function loggedEdits(project: string): Set<unknown> {
  const { opened, lock } = openProjectFolder(project, 'test');
  opened.close();
  lock!.release();
  const raw = new Database(join(project, 'project.sqlite'));
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(raw.pragma('foreign_key_check')).toEqual([]);
  const ids = raw.prepare('SELECT id FROM edits').pluck().all();
  raw.close();
  return new Set(ids);
}

function failureOf(work: () => unknown): Failure | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

describe('kill -9', () => {
  test(`at ${rounds} random moments loses no committed edit and leaves a whole database`, async () => {
    const project = await readyProject();
    const printed: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const child = spawn(process.execPath, [editForever, project]);
      const lines = linesOf(child);
      await once(child.stdout, 'data');
      await setTimeout(Math.random() * 200);
      child.kill('SIGKILL');
      printed.push(...(await lines).map(Number));
      const logged = loggedEdits(project);
      expect(printed.filter((id) => !logged.has(id))).toEqual([]);
    }
    expect(printed.length).toBeGreaterThan(rounds * 5);
  });
});

describe('a full disk', () => {
  test.skipIf(process.platform === 'win32')('is said, and everything that was committed before is there', async () => {
    const project = await readyProject();
    // A limit on the size of files fails the same writes as a disk without room.
    const limited = `ulimit -f 3000; trap '' XFSZ; exec "$0" "$@"`;
    const lines = await linesOf(spawn('bash', ['-c', limited, process.execPath, editForever, project]));
    expect(lines.at(-1)).toBe('disk-full');
    const printed = lines.slice(0, -1).map(Number);
    expect(printed.length).toBeGreaterThan(20);
    const logged = loggedEdits(project);
    expect(printed.filter((id) => !logged.has(id))).toEqual([]);
  });
});

describe('a project', () => {
  test.skipIf(process.platform === 'win32')(
    'in a folder that may not be written to can be looked at, not changed',
    async () => {
      const project = await readyProject();
      const home = temporaryFolder();
      chmodSync(home, 0o777);
      chmodSync(join(project, '..'), 0o755);
      for (const name of readdirSync(project)) chmodSync(join(project, name), name.includes('.') ? 0o444 : 0o555);
      chmodSync(project, 0o555);
      // Permissions do not bind root, so root looks as nobody.
      const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
      const printed = execFileSync(process.execPath, [lookAtProject, project, home], {
        ...identity,
        encoding: 'utf8',
      });
      chmodSync(project, 0o755);
      expect(JSON.parse(printed)).toEqual({
        readOnly: true,
        classes: ['jump'],
        videos: [{ name: 'a.mp4', missing: false }],
        segments: 1,
        addClass: 'read-only',
        undo: 'read-only',
        addVideo: 'read-only',
        settings: 'read-only',
      });
    },
  );

  test('is refused with its reason where it is none, damaged, empty or of another program', () => {
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, `${name}.cuepoint`);
    const file = (name: string) => join(at(name), 'project.sqlite');
    const codeOf = (name: string) => failureOf(() => openProjectFolder(at(name), '0.1.0'))?.code;
    expect(codeOf('nowhere')).toBe('not-found');
    for (const name of ['text', 'empty', 'cut', 'garbled']) createProjectFolder(folder, name, '0.1.0');
    writeFileSync(file('text'), 'this is not a database, although it is long enough to look like one '.repeat(20));
    truncateSync(file('empty'));
    truncateSync(file('cut'), 20_000);
    const garbled = readFileSync(file('garbled'));
    garbled.fill(0xa5, 4096, 12_000);
    writeFileSync(file('garbled'), garbled);
    for (const name of ['none', 'other']) mkdirSync(at(name));
    new Database(file('other')).exec('CREATE TABLE cats (name TEXT)').close();
    for (const name of ['text', 'empty', 'cut', 'garbled', 'none', 'other']) {
      expect([name, codeOf(name)]).toEqual([name, 'unreadable-project']);
    }
  });

  test('from a newer version names the version that it needs, and stays as it was', () => {
    const path = createProjectFolder(temporaryFolder(), 'new', '0.1.0');
    const raw = new Database(join(path, 'project.sqlite'));
    raw
      .prepare('INSERT INTO migrations VALUES (?, ?, ?, ?, ?)')
      .run(knownMigrations().length + 1, 'later', 'x', '3.4.5', 1);
    raw.close();
    const before = readFileSync(join(path, 'project.sqlite'));
    expect(failureOf(() => openProjectFolder(path, '0.1.0'))).toMatchObject({
      code: 'newer-project',
      message: expect.stringContaining('3.4.5'),
      details: { neededVersion: '3.4.5' },
    });
    expect(readFileSync(join(path, 'project.sqlite'))).toEqual(before);
  });

  test('whose migrations are not ours is refused, naming the build that made it', () => {
    const path = createProjectFolder(temporaryFolder(), 'other', '0.1.0');
    const raw = new Database(join(path, 'project.sqlite'));
    raw.prepare("UPDATE migrations SET checksum = 'other', app_version = '0.0.9-fork'").run();
    raw.close();
    expect(failureOf(() => openProjectFolder(path, '0.1.0'))).toMatchObject({
      code: 'unreadable-project',
      message: expect.stringContaining('0.0.9-fork'),
    });
  });

  test('is copied before it is migrated, and keeps the newest few copies', () => {
    const path = createProjectFolder(temporaryFolder(), 'old', '0.1.0');
    const backups = join(path, 'backups');
    const known = knownMigrations().length;
    const next = { number: known + 1, name: 'more', sql: 'ALTER TABLE videos ADD COLUMN more TEXT', checksum: 'c' };
    const options = { file: join(path, 'project.sqlite'), backupFolder: backups, appVersion: '0.2.0' };
    openDatabase({ ...options, migrations: [...knownMigrations(), next] }).close();
    const [copy] = readdirSync(backups);
    expect(copy).toMatch(/-migrate\.sqlite$/u);
    const raw = new Database(join(backups, copy!));
    expect(raw.prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(known);
    raw.close();
    expect(failureOf(() => openProjectFolder(path, '0.1.0'))?.code).toBe('newer-project');
  });

  test('made by the first version opens with everything in it', () => {
    const path = createProjectFolder(temporaryFolder(), 'first', '0.1.0');
    const file = join(path, 'project.sqlite');
    rmSync(file);
    const options = { file, backupFolder: join(path, 'backups'), appVersion: '0.1.0' };
    const old = new Database(file);
    const first = knownMigrations().slice(0, 1);
    applyMigrations(old, pendingMigrations(old, first, file), '0.1.0');
    old.exec("INSERT INTO settings VALUES ('samplingFps', '2')");
    old.close();

    openDatabase(options).close();
    const now = new Database(file, { readonly: true });
    expect(now.prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(knownMigrations().length);
    expect(now.prepare("SELECT value FROM settings WHERE name = 'samplingFps'").pluck().get()).toBe('2');
    expect(now.prepare('SELECT count(*) FROM versions').pluck().get()).toBe(0);
    now.close();
  });
});
