// Protects: a project that somebody else made is data. Nothing in it can name a file outside it or run, and whoever
// opens it reads one clear sentence, or finds it whole.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { Failure } from '#preload/domain/failure.ts';
import { openProjectStudio, openStudio } from '../testing/open-studio.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openProjectFolder } from '../project/project-folder.ts';

/** A closed project with a class, a video and a segment, changed as `strange` says. */
async function projectFrom(strange: (connection: Database.Database, project: string) => unknown): Promise<string> {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
  await studio.client.segments.create({ videoId: videoId!, classId: 1, startUs: 0, endUs: 1_000_000 });
  await studio.close();
  const project = join(studio.folder, 'demo.cuepoint');
  const connection = new Database(join(project, 'project.sqlite'));
  connection.unsafeMode();
  strange(connection, project);
  connection.close();
  return project;
}

function open(project: string): Failure | 'opened' {
  try {
    const { opened, lock } = openProjectFolder(project, '0.1.0');
    opened.close();
    lock?.release();
    return 'opened';
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

const version = (file: string, facts: string) => `INSERT INTO versions
  (kind, name, created_at, model, model_hash, live, file, corrections, facts)
  VALUES ('prompts', 'v', 0, 'clip', 'h', 0, '${file}', 0, '${facts}')`;

const statements: readonly (readonly [string, string])[] = [
  ['a way up as a playable copy', `UPDATE videos SET proxy = '../../outside.mp4'`],
  ['an absolute playable copy', `UPDATE videos SET proxy = '/etc/passwd'`],
  ['a way up in a checksum, of which names are made', `UPDATE videos SET checksum = '../../../outside'`],
  ['an absolute path as a relative one', `UPDATE videos SET relative_path = '/etc/passwd'`],
  ['a way up in the middle of a path', `UPDATE videos SET relative_path = 'a/../../../etc/passwd'`],
  ['a path of another system', String.raw`UPDATE videos SET relative_path = '..\..\secret.mp4'`],
  ['a drive as a relative path', `UPDATE videos SET relative_path = 'C:/secret.mp4'`],
  ['a path from nowhere', `UPDATE videos SET absolute_path = 'secret.mp4'`],
  ['a name with a way up', `UPDATE videos SET name = '../../a.mp4'`],
  ['facts that are none', `UPDATE videos SET facts = '{"codec": 5}'`],
  ['facts that are not JSON', `UPDATE videos SET facts = 'nonsense'`],
  ['features elsewhere', `INSERT INTO features VALUES (1, 'm', 4, '../../outside')`],
  ['tensors elsewhere', version('../../outside.safetensors', '{}')],
  ['absolute tensors', version('/etc/outside.safetensors', '{}')],
  ['tensors that are a program', version('scorer/../../x.safetensors', '{}')],
  ['a version that says nothing', version('a.safetensors', '{}')],
  ['a setting out of range', `INSERT INTO settings VALUES ('samplingFps', '1e9')`],
  ['a setting that is not JSON', `INSERT INTO settings VALUES ('model', 'nonsense')`],
  ['a colour that is a style', `UPDATE classes SET colour = 'red; background: url(//x)'`],
  [
    'a job without an order',
    `INSERT INTO jobs (kind, title, work, state, progress, notes, created_at)
      VALUES ('import', 't', 'nonsense', 'queued', 0, '[]', 0)`,
  ],
  ['a trigger', `CREATE TRIGGER more AFTER INSERT ON segments BEGIN DELETE FROM classes; END`],
  ['a column by another name', 'ALTER TABLE classes RENAME COLUMN colour TO color'],
  ['a table that a module of SQLite makes', `CREATE VIRTUAL TABLE more USING fts5(text)`],
  ['a column that is computed', `ALTER TABLE classes ADD COLUMN more TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL`],
  ['an index over a function', `CREATE INDEX more ON classes (lower(name))`],
  ['a view', `CREATE VIEW more AS SELECT * FROM videos`],
  [
    'a table in place of ours',
    `PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (end_us > start_us)', '') WHERE name = 'segments'`,
  ],
];

describe('a project is refused with one sentence', () => {
  test.each(statements)('where its database holds %s', async (_, statement) => {
    const project = await projectFrom((connection) => connection.exec(statement));
    const refused = open(project);
    expect(refused).toMatchObject({ code: 'unreadable-project', message: expect.stringContaining('project.sqlite') });
    expect((refused as Failure).message).not.toMatch(/\n|SQLITE|Zod|internal/u);
  });

  test
    .skipIf(process.platform === 'win32')
    .each([
      'features',
      'tuned',
      'proxies',
      'backups',
      'project.lock',
      'project.lock-wal',
      'project.lock-journal',
      'project.sqlite-journal',
    ])('where its %s is a link out of it', async (part) => {
    const outside = temporaryFolder();
    const project = await projectFrom((_, folder) => {
      rmSync(join(folder, part), { recursive: true, force: true });
      symlinkSync(part.includes('.') ? join(outside, 'file') : outside, join(folder, part));
    });
    expect(open(project)).toMatchObject({ code: 'unreadable-project', message: expect.stringContaining(part) });
    expect(readdirSync(outside)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32').each(['project.sqlite', 'project.lock', 'tuned/x.safetensors'])(
    'where its %s is a pipe',
    async (part) => {
      const project = await projectFrom((_, folder) => rmSync(join(folder, part), { force: true }));
      execFileSync('mkfifo', [join(project, part)]);
      expect(open(project)).toMatchObject({ code: 'unreadable-project', message: expect.stringContaining(part) });
    },
  );

  test.skipIf(process.platform === 'win32')('where a file inside is a link out of it', async () => {
    const outside = join(temporaryFolder(), 'precious');
    writeFileSync(outside, 'precious');
    const project = await projectFrom((_, folder) => symlinkSync(outside, join(folder, 'features', 'x.partial')));
    expect(open(project)).toMatchObject({ code: 'unreadable-project' });
    expect(readFileSync(outside, 'utf8')).toBe('precious');
  });
});

test('a frame table of a few bytes that announces gigabytes is refused before it is made', async () => {
  const { deflateRawSync } = await import('node:zlib');
  const bomb = deflateRawSync(Buffer.alloc(300_000_000));
  const project = await projectFrom((connection) => connection.prepare('UPDATE videos SET frames = ?').run(bomb));
  const { opened, lock } = openProjectFolder(project, '0.1.0');
  expect(() => opened.database.videos.frames(1)).toThrow('frame table');
  opened.close();
  lock?.release();
});

test.each([
  'UPDATE segments SET end_us = 9.2e18',
  `UPDATE segments SET source = '{}'`,
  `UPDATE segments SET source = 'nonsense'`,
  `UPDATE segments SET ranking = '{"a": 1}'`,
  'UPDATE segments SET note = hex(zeroblob(9000))',
  `UPDATE edits SET body = 'nonsense'`,
  'UPDATE edits SET at = 9.2e18',
])('rows that only a full check reads are said in words when they are met: %s', async (statement) => {
  const project = await projectFrom((connection) => connection.exec(statement));
  const studio = openStudio();
  await studio.openProject(project);
  const { segments, history } = studio.client;
  const met = await Promise.allSettled([segments.list({ videoId: 1 }), history.list({})]);
  const [said] = met.filter((one) => one.status === 'rejected').map(({ reason }) => reason as Failure);
  expect(said).toMatchObject({ code: 'unreadable-project', message: expect.stringContaining('cuepoint check') });
});

test.skipIf(process.platform === 'win32')('links under names that the program might try empty no file', async () => {
  const outside = join(temporaryFolder(), 'precious');
  writeFileSync(outside, 'precious');
  const project = await projectFrom((_, folder) => symlinkSync(outside, join(folder, `.writable-${process.pid}`)));
  expect(open(project)).toBe('opened');
  expect(readFileSync(outside, 'utf8')).toBe('precious');
});

test('names that people and other programs use stay as they are', async () => {
  const project = await projectFrom((connection) =>
    connection.exec(`UPDATE videos SET name = 'Café … (1) [final] 視頻.mp4', relative_path = '../../My videos/Café [1].mp4',
      absolute_path = 'C:\\My videos\\Café [1].mp4';
      INSERT INTO settings VALUES ('ofALaterProgram', '1');
      ANALYZE`),
  );
  expect(open(project)).toBe('opened');
});

test('a damaged lock is made anew; it is no damaged database', async () => {
  const project = await projectFrom((_, folder) =>
    writeFileSync(join(folder, 'project.lock'), 'nonsense '.repeat(900)),
  );
  expect(open(project)).toBe('opened');
});

test('a lock whose header asks for another file format is made anew', async () => {
  // Byte 47 of a SQLite file is its schema format: 1 to 4.
  const project = await projectFrom((_, folder) => {
    new Database(join(folder, 'project.lock')).exec('CREATE TABLE IF NOT EXISTS other (x)').close();
    const bytes = readFileSync(join(folder, 'project.lock'));
    bytes[47] = 0xff;
    writeFileSync(join(folder, 'project.lock'), bytes);
  });
  expect(open(project)).toBe('opened');
});

test('what killed programs left is gone after opening; what a job goes on with stays', async () => {
  const leftovers = ['backups/x-close.sqlite.unfinished', 'proxies/a.mp4.12.partial', 'tuned/x.safetensors.partial'];
  const more = ['tuned/scorer/x.json.new', 'features/done.partial', 'features/done.times.partial', '.writable-99'];
  const kept = ['features/done.npy', 'features/half.partial', 'features/half.json', 'tuned/scorer/unfinished/step'];
  const project = await projectFrom((_, folder) => {
    mkdirSync(join(folder, 'tuned', 'scorer', 'unfinished'), { recursive: true });
    for (const name of [...leftovers, ...more, ...kept]) writeFileSync(join(folder, name), 'x');
    mkdirSync(`${folder}.999999999.unfinished`);
  });
  expect(open(project)).toBe('opened');
  const there = (name: string) => existsSync(join(project, name));
  expect([...leftovers, ...more].filter(there)).toEqual([]);
  expect(kept.filter(there)).toEqual(kept);
  expect(existsSync(`${project}.999999999.unfinished`)).toBe(false);
});
