// Protects: a project of an older program keeps its jobs, its versions and what is live, and who scored each proposal.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createProjectFolder } from '../project/project-folder.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { applyMigrations, knownMigrations, pendingMigrations } from './migrate.ts';
import { openDatabase, openDatabaseToLook } from './open-database.ts';

const held = { count: 3, accuracy: 0.5, logLoss: 1 };
const heldOut = { tuned: held, zeroShot: held, current: held };
const whole = { learns: 'prompts', without: null, number: 1, count: 1 };
/** Trainings of a curve, as they were named and as they are. */
const runs = {
  'run 1 of 1': whole,
  'run 3 of 3': { ...whole, number: 3, count: 3 },
  'held-out 12 of 15': { ...whole, without: 'videos', number: 12, count: 15 },
  'other names 2 of 2': { ...whole, without: 'classes', number: 2, count: 2 },
  edges: { ...whole, learns: 'boundaries' },
  'edges, held-out 1 of 5': { learns: 'boundaries', without: 'videos', number: 1, count: 5 },
  'the run on all corrections': { ...whole, learns: 'scorer' },
};
const pointsOf = (names: readonly unknown[]) => names.map((run, step) => ({ run, step, loss: 2 }));
const job = `INSERT INTO jobs (kind, title, video_id, work, state, progress, notes, crashes, created_at)
  VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?)`;

/** A project's folder as the program left it before there was one store of versions, filled by `fill`. */
function projectOfOldProgram(fill: (old: Database.Database, folder: string) => void) {
  const folder = createProjectFolder(temporaryFolder(), 'old', '0.1.0');
  const file = join(folder, 'project.sqlite');
  rmSync(file);
  const old = new Database(file);
  applyMigrations(old, pendingMigrations(old, knownMigrations().slice(0, 2), file), '0.1.0');
  fill(old, folder);
  old.close();
  return { folder, options: { file, backupFolder: join(folder, 'backups'), appVersion: '0.2.0' } };
}

test('rows of jobs are carried over, those that wait and those that ended', () => {
  const { options } = projectOfOldProgram((old) => {
    const insert = old.prepare(job);
    insert.run('import', 'Add a.mp4', '{"path":"/a.mp4"}', 'queued', 0.25, '[]', 1, 5);
    insert.run('tune-scorer', 'Tune', 'null', 'done', 1, '["because"]', 0, 6);
  });
  const { database, close } = openDatabase(options);
  expect(database.jobs.all()).toMatchObject([
    { id: 2, kind: 'tune-scorer', state: 'done', notes: ['because'], createdAt: 6 },
    { id: 1, kind: 'import', state: 'queued', progress: 0.25, crashes: 1, work: { path: '/a.mp4' } },
  ]);
  close();
});

/** Two versions of prompts of which one was removed since, two of a scorer, and a description that nobody can read. */
const withVersions = () =>
  projectOfOldProgram((old, folder) => {
    const facts = {
      shots: [{ classId: 1, count: 2 }],
      backgroundShots: 1,
      videoCount: 1,
      heldOut,
      passed: true,
      reason: 'because',
      parts: { prompts: true, temporal: false, boundaries: false },
      curve: pointsOf(Object.keys(runs)),
    };
    const insert = old.prepare(
      `INSERT INTO tuned_versions (name, created_at, model, model_hash, preset, seed, live, file, corrections, facts)
       VALUES (?, 7, 'clip', 'abc', 'quick', 1, ?, ?, 3, ?)`,
    );
    insert.run('the good one', 1, 'one.safetensors', JSON.stringify(facts));
    insert.run('Version 2', 0, 'two.safetensors', JSON.stringify(facts));
    old.exec('DELETE FROM tuned_versions WHERE id = 2');
    const scorers = join(folder, 'tuned', 'scorer');
    mkdirSync(scorers, { recursive: true });
    for (const [index, id] of ['first', 'second'].entries()) {
      const scorer = {
        id,
        name: `Version ${index + 1}`,
        createdAt: 10 + index,
        scorerModel: 'xclip',
        preset: 'careful',
      };
      const learned = { shots: 4, heldOut, passed: true, reason: 'so', estimatedSeconds: 2 };
      writeFileSync(join(scorers, `${id}.json`), JSON.stringify({ ...scorer, ...learned }));
    }
    writeFileSync(join(scorers, 'broken.json'), '{');
    old.exec(`INSERT INTO settings VALUES ('scorerVersion', '"first"'), ('scorerModel', '"xclip"')`);
  });

test.each([
  ['to work on', openDatabase],
  ['to look at', openDatabaseToLook],
])('versions of both forms come into one store, and what was live stays live: %s', (_, open) => {
  const { database, close } = open(withVersions().options);
  expect(database.versions.of('prompts')).toMatchObject([
    {
      id: 1,
      name: 'the good one',
      live: true,
      model: 'clip',
      modelHash: 'abc',
      file: 'one.safetensors',
      corrections: 3,
    },
  ]);
  expect(database.versions.of('prompts')[0]).toMatchObject({ preset: 'quick', seed: 1, judgement: null, origin: null });
  expect(database.versions.curve(1)).toEqual(pointsOf(Object.values(runs)));
  expect(database.versions.of('scorer')).toMatchObject([
    { name: 'Version 2', live: false, file: 'scorer/second.safetensors', modelHash: null },
    { name: 'Version 1', live: true, file: 'scorer/first.safetensors', model: 'xclip', shots: 4, preset: 'careful' },
  ]);
  close();
});

test('numbers of versions go on where they were, removed ones counted', () => {
  const { database, close } = openDatabase(withVersions().options);
  const prompts = database.versions.of('prompts')[0]!;
  const [scorer] = database.versions.of('scorer');
  const named = (id: number) => database.versions.get(id)!.name;
  database.transaction(() => {
    const { name: _, ...more } = prompts;
    expect(named(database.versions.insert({ ...more, file: 'three.safetensors', curve: [] }))).toBe('Version 3');
    const { name: __, ...third } = scorer!;
    expect(named(database.versions.insert({ ...third, file: 'third.safetensors', curve: [] }))).toBe('Version 3');
  });
  close();
});

test('of each kind one version is live', () => {
  const { database, close } = openDatabase(withVersions().options);
  const [second] = database.versions.of('scorer');
  database.transaction(() => database.versions.setLive('scorer', second!.id));
  expect(database.versions.live('scorer')).toMatchObject({ id: second!.id });
  expect(database.versions.live('prompts')).toMatchObject({ id: 1 });
  database.transaction(() => database.versions.setLive('scorer', null));
  expect(database.versions.live('scorer')).toBeNull();
  close();
});

test('who scored a proposal becomes facts, in the rows and in the log of edits', () => {
  const source = (version: string) => JSON.stringify({ kind: 'model', model: 'clip', version });
  const { options } = projectOfOldProgram((old) => {
    old.exec(`INSERT INTO videos (id, name, absolute_path, size_bytes, checksum, facts, frames, added_at)
      VALUES (1, 'a', '/a', 1, 'c', '${JSON.stringify(filmFacts())}', x'', 0);
      INSERT INTO classes VALUES (1, 'jump', 'jump', '#e69f00', NULL, 0, 0)`);
    const insert = old.prepare(
      `INSERT INTO segments (video_id, class_id, start_us, end_us, state, source, touched, ranking, note)
       VALUES (1, 1, 0, 5, 'proposed', ?, 0, '[]', '')`,
    );
    for (const version of ['zero-shot', 'X-CLIP small-8', 'Version 3 + X-CLIP small-8, the good one'])
      insert.run(source(version));
    const body = `{"segments":[{"before":null,"after":{"source":${source('X-CLIP small-8')},"note":"an X-CLIP note"}}]}`;
    old.prepare(`INSERT INTO edits VALUES (1, 0, 'x', 'model', 'silent', 'done', ?)`).run(body);
  });
  openDatabase(options).close();
  const now = new Database(options.file, { readonly: true });
  const scorer = { mode: 'xclip', model: 'small-8', version: null };
  const alone = { kind: 'model', model: 'clip', version: 'zero-shot' };
  expect(
    now
      .prepare<[], string>('SELECT source FROM segments ORDER BY id')
      .pluck()
      .all()
      .map((text) => JSON.parse(text) as unknown),
  ).toEqual([
    alone,
    { ...alone, scorer },
    { ...alone, version: 'Version 3', scorer: { mode: 'fused', model: 'small-8', version: 'the good one' } },
  ]);
  expect(JSON.parse(now.prepare<[], string>('SELECT body FROM edits').pluck().get()!)).toEqual({
    segments: [{ before: null, after: { source: { ...alone, scorer }, note: 'an X-CLIP note' } }],
  });
  now.close();
});
