// The commands that learn and recognise, as scripts use them: their documents, and what they say where they cannot.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { makeRandomXClip } from '#e2e/models/random-xclip.ts';
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
  readonly id: number;
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
  expect(document).toMatchObject({ preset: 'quick', seed: 3, live: false, reason: expect.stringMatching(/./) });
  expect(document.shots.map((shot) => shot.count)).toEqual([2, 2]);
  expect(document.judged).toHaveProperty('names_without_examples');
});

test('quality says how a video comes to count, and refuses what is no score', () => {
  const { code, document } = cuepoint('quality', project);
  expect(code).toBe(1);
  expect(document.error).toMatchObject({
    code: 'nothing-to-do',
    message: expect.stringContaining('No video is reviewed as complete yet'),
  });
  expect(cuepoint('quality', project, '--on', 'test').document.error.message).toContain('test split');
  expect(cuepoint('quality', project, '--threshold', '30').document.error.code).toBe('bad-input');
});

test('tune-scorer says what is missing where a project has no X-CLIP', () => {
  const { code, document } = cuepoint('tune-scorer', project);
  expect(code).toBe(1);
  expect(document.error.message).toMatch(/X-CLIP/);
});

test('tune-scorer refuses what would take too long, learns, and goes from version to version', () => {
  const scorer = makeRandomXClip(at('tiny-xclip'));
  expect(cuepoint('propose', project, '--scorer', 'xclip', '--scorer-model', scorer).code).toBe(0);
  const refused = cuepoint('tune-scorer', project, '--allow-minutes', '0.0001');
  expect(refused.code).toBe(1);
  expect(refused.document.error).toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(/would take about/),
  });

  const { code, document: version } = cuepoint('tune-scorer', project);
  expect(version.error).toBeUndefined();
  expect(code).toBe(0);
  const score = { count: expect.any(Number), accuracy: expect.any(Number), logLoss: expect.any(Number) };
  expect(version).toMatchObject({
    kind: 'scorer',
    name: 'Version 1',
    model: 'tiny-xclip',
    preset: 'careful',
    heldOut: { tuned: score, zeroShot: score, current: score },
    reason: expect.stringMatching(/./),
  });

  const use = (wanted: string) => cuepoint('tune-scorer', project, '--use', wanted);
  expect(use('Version 1')).toMatchObject({ code: 0, document: { scorer_version: version.id, name: 'Version 1' } });
  expect(use('published')).toMatchObject({ code: 0, document: { scorer_version: null } });
  expect(use('Version 7')).toMatchObject({
    code: 1,
    document: { error: { code: 'not-found', message: expect.stringContaining('published, Version 1') } },
  });
});

test('models plans tries every way to compute on the project’s frames, and takes none by itself', () => {
  const { code, document } = cuepoint('models', 'plans', project);
  expect(code).toBe(0);
  const { plans, fastest, used } = document as unknown as {
    plans: { plan: string; problem: string | null }[];
    fastest: string;
    used: boolean;
  };
  expect(plans[0]).toMatchObject({ plan: 'cpu', cosine_p5: expect.closeTo(1, 5), problem: null });
  expect(plans.find(({ plan }) => plan === fastest)).toMatchObject({ problem: null });
  expect(used).toBe(false);
});
