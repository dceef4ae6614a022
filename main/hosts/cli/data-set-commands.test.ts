// The commands about the data set and its annotators, as scripts use them: parts that nothing leaks over, work that is
// handed out and comes back whole, agreement, previews that write nothing, and a ground truth of one part.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNumberedClip } from '#e2e/clips/numbered-clip.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-data-set-commands-'));
const at = (name: string): string => path.join(folder, name);
const project = at('jumps.cuepoint');
/** Of two subjects, whose recordings must stay together. */
const films = ['ann-1.mp4', 'ann-2.mp4', 'bob-1.mp4', 'bob-2.mp4'];
const labels = `video,label,start_s,end_s\n${films.map((film) => `${film},run,1,2\n${film},jump,2,3\n`).join('')}`;

// Documents of many commands: a test asks for what it needs.
type Document = ReturnType<typeof JSON.parse>;

function cuepoint(...args: readonly string[]): { readonly code: number | null; readonly document: Document } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['main/hosts/cli.ts', ...args, '--json'], {
    cwd: root,
    env: { ...process.env, CUEPOINT_HOME: at('home') },
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return { code: status, document: JSON.parse(stdout) };
}

function documentOf(...args: readonly string[]): Document {
  const { code, document } = cuepoint(...args);
  expect([code, document.error]).toEqual([0, undefined]);
  return document;
}

beforeAll(async () => {
  for (const [number, film] of films.entries())
    await writeNumberedClip(at(film), {
      startsUs: Array.from({ length: 100 + number }, (_, index) => index * 40_000),
    });
  writeFileSync(at('labels.csv'), labels);
  documentOf('new', project, '--classes', 'run');
  documentOf('add', project, ...films.map(at));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a dry run says row by row what an import would do, and does none of it', () => {
  writeFileSync(at('dirty.csv'), `${labels}gone.mp4,run,1,2\nann-1.mp4,run,3,2\n`);
  const would = documentOf('import', project, at('dirty.csv'), '--format', 'csv', '--dry-run');
  expect(would).toMatchObject({
    dry_run: true,
    added_segments: 8,
    added_classes: 1,
    videos: { found: 4, missing: 1 },
    left_out: [{ place: 'line 11, row 10', reason: 'a segment must end after it starts' }],
  });
  expect(would.classes.map((one: Document) => [one.name, one.by])).toEqual([
    ['run', 'name'],
    ['jump', 'new'],
  ]);
  expect(documentOf('classes', project, 'list').classes).toHaveLength(1);
  expect(documentOf('import', project, at('labels.csv'), '--format', 'csv')).toMatchObject({ added_segments: 8 });
});

test('a video is marked complete for all classes or one, and what is not there changes nothing', () => {
  const set = (...words: readonly string[]) => cuepoint('reviews', project, 'set', ...words);
  expect(set('complete', 'ann-1.mp4', 'bob-1.mp4').document.videos).toEqual([
    { video: 'ann-1.mp4', complete: ['run', 'jump'], in_progress: [], unseen: [] },
    { video: 'bob-1.mp4', complete: ['run', 'jump'], in_progress: [], unseen: [] },
  ]);
  set('in-progress', 'bob-1.mp4', '--class', 'jump');
  for (const wrong of [['complete'], ['done', 'ann-2.mp4'], ['complete', 'ann-2.mp4', 'nobody.mp4']])
    expect(set(...wrong).code).not.toBe(0);
  const { videos } = documentOf('reviews', project, 'list');
  expect(videos.map((one: Document) => [one.video, one.complete.length, one.in_progress, one.unseen.length])).toEqual([
    ['ann-1.mp4', 2, [], 0],
    ['ann-2.mp4', 0, [], 2],
    ['bob-1.mp4', 1, ['jump'], 0],
    ['bob-2.mp4', 0, [], 2],
  ]);
});

test('formats say what they read, write and lose', () => {
  const { formats } = documentOf('formats');
  expect(formats.length).toBeGreaterThan(30);
  const srt = formats.find(({ id }: Document) => id === 'srt');
  expect(srt).toMatchObject({ reads: true, writes: true, extensions: ['srt'] });
  expect(srt.loses).toContain('scores');
});

test('parts are drawn so that no subject is in two, seen before, the same by the same seed, and written', () => {
  const draw = ['splits', project, 'draw', '--shares', '50,0,50', '--pattern', '^[a-z]+'];
  expect(documentOf(...draw, '--dry-run').videos).toMatchObject({ train: 2, test: 2 });
  expect(documentOf('splits', project, 'list').videos).toMatchObject({ none: 4 });
  const partOf = (): Map<string, string> =>
    new Map(documentOf('splits', project, 'list').split_of_video.map((one: Document) => [one.video, one.split]));
  documentOf(...draw);
  const drawn = partOf();
  for (const subject of ['ann', 'bob']) expect(drawn.get(`${subject}-1.mp4`)).toBe(drawn.get(`${subject}-2.mp4`));
  expect(new Set(drawn.values()).size).toBe(2);
  documentOf(...draw);
  expect(partOf()).toEqual(drawn);
  expect(documentOf('export', project, '--format', 'activitynet', '--out', at('truth.json'))).toMatchObject({
    segments: 8,
    keeps: [],
    leaves_out: [],
  });
  const { database } = JSON.parse(readFileSync(at('truth.json'), 'utf8'));
  expect(database['ann-1'].subset).toBe(drawn.get('ann-1.mp4') === 'train' ? 'training' : 'testing');
  documentOf('splits', project, 'set', 'train', 'ann-1.mp4', 'ann-2.mp4');
  documentOf('splits', project, 'set', 'test', 'bob-1.mp4', 'bob-2.mp4');
});

test('evaluate takes the accepted segments of one part for the truth', () => {
  const found = (video: string, end: number) => [video, [{ label: 'run', score: 0.9, segment: [1, end] }]];
  const results = Object.fromEntries([found('ann-1', 9), found('bob-1', 2), found('bob-2', 2)]);
  writeFileSync(at('found.json'), JSON.stringify({ version: '', results, external_data: {} }));
  const scored = (...of: readonly string[]) =>
    documentOf('evaluate', '--project', project, ...of, '--predictions', at('found.json'), '--protocol', 'thumos14');
  const ofTest = scored('--split', 'test');
  expect(ofTest.counts).toMatchObject({ videos: 2, ground_truth: 4 });
  // Every run of the part is found, and no jump; a wrong one in another part says nothing.
  expect(ofTest.average_map).toBeCloseTo(0.5);
  expect(scored().counts).toMatchObject({ videos: 4, ground_truth: 8 });
  expect(scored().average_map).toBeLessThan(0.5);
  const empty = ['--split', 'validation', '--predictions', at('found.json'), '--protocol', 'thumos14'];
  const { code, document } = cuepoint('evaluate', '--project', project, ...empty);
  expect([code, document.error.code]).toEqual([1, 'bad-input']);
});

test(
  'work is handed out and comes back; what contradicts is a layer, and agreement is told',
  { timeout: 120_000 },
  () => {
    const handed = documentOf(
      'split-work',
      project,
      '--names',
      'ana',
      'ben',
      '--overlap',
      '100%',
      '--out',
      at('parts'),
    );
    expect(handed.projects).toHaveLength(2);
    const [ana, ben] = handed.projects.map((one: Document) => one.path);
    writeFileSync(at('ana.csv'), 'video,label,start_s,end_s\nann-1.mp4,wave,3,3.6\n');
    writeFileSync(at('ben.csv'), 'video,label,start_s,end_s\nann-1.mp4,wave,3.2,3.8\n');
    documentOf('import', ana, at('ana.csv'), '--format', 'csv');
    documentOf('import', ben, at('ben.csv'), '--format', 'csv');
    const merged = documentOf('merge', project, ana, ben);
    expect(merged.layers.map(({ name }: Document) => name).toSorted()).toEqual(['jumps ana', 'jumps ben']);
    expect(documentOf('layers', 'list', project).layers).toHaveLength(2);
    const { pairs } = documentOf('agreement', project, 'jumps ana', 'jumps ben');
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({ a: 'jumps ana', b: 'jumps ben', kappa: expect.any(Number) });
    expect(pairs[0].boundaries.start.maximum_s).toBeCloseTo(0.2, 2);
    expect(cuepoint('agreement', project, 'nobody', 'own').document.error.message).toMatch(/no layer "nobody"/u);
    // Nothing that all had before is lost or doubled.
    expect(documentOf('merge', project, ana, ben)).toMatchObject({ taken: 0 });
  },
);

test('the report is one page', () => {
  documentOf('report-project', project, '--out', at('report.html'));
  const page = readFileSync(at('report.html'), 'utf8');
  expect(page).toContain('jumps');
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/u);
});
