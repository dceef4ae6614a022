// The commands that learn and recognise, as scripts use them: their documents, and what they say where they cannot.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-learning-commands-'));
const at = (name: string): string => path.join(folder, name);
const project = at('jumps.cuepoint');
const films = ['one.mp4', 'two.mp4'];

interface Document {
  readonly error: { readonly code: string; readonly message: string };
  readonly ranking: readonly { readonly class: string }[];
  readonly shots: readonly { readonly count: number }[];
  readonly judged: object;
}

function cuepoint(...args: readonly string[]): { readonly code: number | null; readonly document: Document } {
  const { status, stdout } = spawnSync(process.execPath, ['main/hosts/cli.ts', ...args, '--json'], {
    cwd: root,
    env: { ...process.env, CUEPOINT_HOME: at('home') },
    encoding: 'utf8',
  });
  return { code: status, document: JSON.parse(stdout) as Document };
}

beforeAll(async () => {
  for (const [number, film] of films.entries())
    await writeNumberedClip(path.join(folder, film), {
      startsUs: Array.from({ length: 100 + 10 * number }, (_, index) => index * 40_000),
    });
  await makeTinyCheckpoint(at('tiny'));
  expect(cuepoint('new', project, '--classes', 'run,jump').code).toBe(0);
  expect(cuepoint('add', project, ...films.map(at)).code).toBe(0);
  expect(cuepoint('propose', project, '--model', at('tiny')).code).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('recognise ranks the classes of a whole video and of a stretch', () => {
  const { code, document } = cuepoint('recognise', project, 'one.mp4');
  expect(code).toBe(0);
  expect(document).toMatchObject({ video: 'one.mp4', scorer: 'clip', start_s: null, end_s: null });
  const names = document.ranking.map((row) => row.class);
  expect(names.toSorted()).toEqual(['jump', 'run']);
  const { document: stretch } = cuepoint('recognise', project, 'one.mp4', '--start', '1', '--end', '2', '--top', '1');
  expect(stretch).toMatchObject({ start_s: 1, end_s: 2, ranking: [{ class: expect.any(String) }] });
});

test('recognise refuses a stretch without an end, and one that ends before it starts', () => {
  for (const stretch of [
    ['--start', '1'],
    ['--start', '2', '--end', '1'],
  ]) {
    const { code, document } = cuepoint('recognise', project, 'one.mp4', ...stretch);
    expect(code).toBe(1);
    expect(document.error).toMatchObject({ code: 'bad-input', message: expect.stringContaining('--end') });
  }
});

test('tune says that there is nothing to learn from, and then learns, judges and stays out of use by itself', () => {
  const nothing = cuepoint('tune', project);
  expect(nothing.code).toBe(1);
  expect(nothing.document.error.message).not.toMatch(/internal|undefined/);

  const rows = films.flatMap((film) => [`${film},0.4,1.2,run`, `${film},2,3.2,jump`]);
  writeFileSync(at('labels.csv'), ['video,start_s,end_s,label', ...rows].join('\n'));
  expect(cuepoint('import', project, at('labels.csv'), '--format', 'csv').code).toBe(0);
  const { code, document } = cuepoint('tune', project, '--seed', '3');
  expect(code).toBe(0);
  expect(document).toMatchObject({ preset: 'quick', seed: 3, live: expect.any(Boolean), reason: expect.any(String) });
  expect(document.shots.map((shot) => shot.count)).toEqual([2, 2]);
  expect(document.judged).toHaveProperty('names_without_examples');
});

test('tune-scorer says what is missing where a project has no X-CLIP', () => {
  const { code, document } = cuepoint('tune-scorer', project);
  expect(code).toBe(1);
  expect(document.error.message).toMatch(/X-CLIP/);
});
