// The command line as scripts use it: names, JSON shapes, one document on standard output, and exit codes.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeNumberedClip } from '#e2e/clips/numbered-clip.ts';
import { ensureBuilt } from '#e2e/doubles/built-program.ts';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { readNpy } from '#main/pipeline/feature-store/npy.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'cuepoint-cli-'));
const at = (name: string) => path.join(folder, name);
const clip = at('a clip #1 “é”.mp4');
const startsUs = Array.from({ length: 60 }, (_, index) => index * 40_000);
const options = { cwd: root, env: { ...process.env, CUEPOINT_HOME: at('home') } };

beforeAll(async () => {
  await writeNumberedClip(clip, { startsUs });
  await makeTinyCheckpoint(at('tiny'));
  writeFileSync(at('notes.txt'), 'no video');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function cuepoint(...args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['main/hosts/cli.ts', ...args], {
    ...options,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** The document of a command that works and says nothing else. */
function documentOf(...args: readonly string[]): Record<string, unknown> {
  const { code, stdout, stderr } = cuepoint(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

function failureOf(...args: readonly string[]): { code: string; message: string } {
  const { code, stdout, stderr } = cuepoint(...args, '--json');
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string } };
  expect(code).toBe(1);
  expect(stderr).toBe(`cuepoint: ${error.message}\n`);
  return error;
}

describe('one video', () => {
  test('probe', () => {
    const document = documentOf('probe', clip, '--frames');
    expect(document).toMatchObject({
      file: clip,
      codec: 'h264',
      width: 192,
      height: 128,
      rotation: 0,
      sample_aspect_ratio: '1:1',
      frame_count: 60,
      duration_s: 2.4,
      average_fps: 25,
      variable_frame_rate: false,
      first_frame_s: 0,
      last_frame_s: 2.36,
      damaged_packets: 0,
      warnings: [],
    });
    expect(document['frame_times_s']).toEqual(startsUs.map((us) => us / 1e6));
    expect(documentOf('probe', clip)).not.toHaveProperty('frame_times_s');
  });

  test('frame, by time and by number', () => {
    const document = documentOf('frame', clip, '--at', '0.5', '1', '--index', '7', '--out', at('frames'));
    expect(document['frames']).toEqual([
      { index: 12, time_s: 0.48, file: at('frames/12.png') },
      { index: 25, time_s: 1, file: at('frames/25.png') },
      { index: 7, time_s: 0.28, file: at('frames/7.png') },
    ]);
    expect(readdirSync(at('frames')).toSorted()).toEqual(['12.png', '25.png', '7.png']);
  });

  test('frames that there are not', () => {
    expect(failureOf('frame', clip, '--index', '60', '--out', at('none')).message).toContain('no frame 60');
    expect(failureOf('frame', clip, '--at', '2.4', '--out', at('none')).code).toBe('bad-input');
  });

  test('embed and embed-text', () => {
    documentOf('embed', clip, '--model', at('tiny'), '--fps', '5', '--out', at('x.npy'), '--times', at('t.npy'));
    const features = readNpy(readFileSync(at('x.npy')), 'x.npy');
    const times = readNpy(readFileSync(at('t.npy')), 't.npy');
    expect(features.shape).toEqual([12, 40]);
    expect(times.shape).toEqual([12]);
    expect([...times.data.subarray(0, 3)]).toEqual([0, 0.2, 0.4]);
    expect(Math.hypot(...features.data.subarray(0, 40))).toBeCloseTo(1, 5);
    const moving = ['--framing', 'moving', '--out', at('moving.npy')];
    expect(documentOf('embed', clip, '--model', at('tiny'), ...moving)).toMatchObject({ framing: 'moving' });
    expect(readNpy(readFileSync(at('moving.npy')), 'moving.npy').shape).toEqual([10, 40]);
    documentOf('embed-text', '--model', at('tiny'), '--out', at('words.npy'), 'high jump', 'long jump');
    expect(readNpy(readFileSync(at('words.npy')), 'words.npy').shape).toEqual([2, 40]);
  });
});

describe('a file that is read otherwise than a player shows it', () => {
  const fixture = (name: string) => path.join(root, 'main', 'media', 'fixtures', name);
  const project = at('otherwise');

  test('another stream, both fields: each is a video of its own', () => {
    expect(documentOf('probe', fixture('interlaced.mp4'))).toMatchObject({ frame_count: 30, interlaced: true });
    expect(documentOf('probe', fixture('interlaced.mp4'), '--separate-fields')).toMatchObject({ frame_count: 60 });
    expect(documentOf('probe', fixture('two-streams.mp4'), '--stream', '1')).toMatchObject({ width: 96 });
    documentOf('new', project);
    documentOf('add', project, fixture('two-streams.mp4'));
    expect(documentOf('add', project, fixture('two-streams.mp4'), '--stream', '1')).toMatchObject({
      files: [{ ok: true, name: 'two-streams.mp4 · stream 1', frame_count: 20 }],
    });
    expect(documentOf('info', project)).toMatchObject({ videos: [{ frame_count: 40 }, { frame_count: 20 }] });
  });

  test('counted times are told', () => {
    expect(documentOf('probe', fixture('bframes.avi'))).toMatchObject({
      times: 'counted',
      warnings: [expect.stringContaining('25 fps')],
    });
  });
});

describe('a project', () => {
  const project = at('a project');

  test('from new to export and back, byte for byte', () => {
    documentOf('new', project, '--classes', 'high jump, long jump');
    expect(documentOf('add', project, clip)).toMatchObject({
      added: 1,
      failed: 0,
      files: [{ ok: true, frame_count: 60 }],
    });
    expect(documentOf('propose', project, '--model', at('tiny'))).toMatchObject({
      model: 'tiny',
      videos: [{ ok: true }],
    });
    expect(documentOf('info', project)).toMatchObject({ model: 'tiny', videos: [{ frame_count: 60, embedded: true }] });
    const { moments } = documentOf('search', project, 'jump', '--top', '2') as { moments: object[] };
    expect(moments[0]).toMatchObject({ video_id: 1, start_s: expect.any(Number), score: expect.any(Number) });
    const like = documentOf('search', project, '--like', '1', '--start', '0', '--end', '0.5');
    expect(like).toMatchObject({ text: null, warnings: [] });
    expect(failureOf('search', project, 'jump', '--like', '1').message).toContain('Give a text, or a video');

    documentOf('export', project, '--format', 'coco', '--out', at('out.json'));
    // Proposals are what there is, and captions have no place for their scores.
    expect(cuepoint('export', project, '--format', 'srt', '--out', at('captions')).stdout).toContain(
      'Keeps: times and classes alone. Leaves out: scores.',
    );
    documentOf('new', at('again'));
    documentOf('add', at('again'), clip);
    documentOf('import', at('again'), '--format', 'coco', at('out.json'));
    documentOf('export', at('again'), '--format', 'coco', '--out', at('out-again.json'));
    expect(readFileSync(at('out-again.json'), 'utf8')).toBe(readFileSync(at('out.json'), 'utf8'));
  });

  test('classes', () => {
    const namesAfter = (...args: readonly string[]) =>
      (documentOf('classes', project, ...args)['classes'] as { name: string }[]).map(({ name }) => name);
    expect(namesAfter('add', 'pole vault', '跳高')).toEqual(['high jump', 'long jump', 'pole vault', '跳高']);
    expect(namesAfter('rename', '跳高', 'triple jump')).toContain('triple jump');
    expect(namesAfter('merge', 'triple jump', 'long jump')).toEqual(['high jump', 'long jump', 'pole vault']);
    expect(failureOf('classes', project, 'rename', 'nothing', 'x').code).toBe('not-found');
  });

  test('add takes every good file, says what was wrong with the others, and fails', () => {
    const { code, stdout } = cuepoint('add', project, at('gone.mp4'), at('notes.txt'), '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      added: 0,
      failed: 2,
      files: [
        { file: at('gone.mp4'), ok: false, error: { code: 'not-found' } },
        { file: at('notes.txt'), ok: false, error: { message: expect.stringContaining('notes.txt') } },
      ],
    });
  });

  test('new takes names with commas in them one by one, and refuses names that no list shows', () => {
    const made = documentOf('new', at('commas'), '--classes', 'run, then jump', '--classes', 'sit');
    expect(made['classes']).toEqual(['run, then jump', 'sit']);
    expect(failureOf('new', at('tab'), '--classes', 'a\tb').code).toBe('bad-input');
    expect(failureOf('new', at('two\nlines')).code).toBe('bad-input');
    expect(failureOf('classes', project, 'add', 'a\nb').code).toBe('bad-input');
  });

  test('what is not there', () => {
    expect(failureOf('info', at('nowhere')).code).toBe('not-found');
    expect(failureOf('propose', project, '--model', 'nobody').code).toBe('not-found');
    expect(failureOf('export', project, '--format', 'coco', '--out', at('no/such/folder.json')).code).toBe('not-found');
  });
});

describe('a project without a model', () => {
  const project = at('unset.cuepoint');
  beforeAll(() => {
    documentOf('new', project, '--classes', 'one');
    documentOf('add', project, clip);
  });

  test('says what brings one, takes the only one there is, and asks where there are two', async () => {
    for (const { name } of (documentOf('models', 'list') as { models: { name: string }[] }).models)
      documentOf('models', 'remove', name);
    expect(failureOf('propose', project)).toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/--model <folder>.*models download/),
    });
    await makeTinyCheckpoint(at('other'));
    for (const name of ['tiny', 'other']) documentOf('models', 'add', at(name));
    expect(failureOf('propose', project).message).toMatch(/--model tiny or --model other/);
    documentOf('models', 'remove', 'other');
    const { code, stdout } = cuepoint('propose', project);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^With tiny, the only model here that fits\.\n/);
    expect(documentOf('propose', project)).toMatchObject({ model: 'tiny' });
    documentOf('models', 'remove', 'tiny');
  });
});

describe('models', () => {
  test('check prints the largest difference of each tensor', () => {
    const fixture = path.join(root, 'native-models/fixtures/clip-gelu');
    const { model, tensors } = documentOf('models', 'check', fixture) as {
      model: string;
      tensors: Record<string, number>;
    };
    expect(model).toBe('clip-gelu');
    expect(Math.max(...Object.values(tensors))).toBeLessThan(1e-4);
  });

  test('list, add and remove', () => {
    expect(documentOf('models', 'add', at('tiny'))).toMatchObject({ name: 'tiny', folder: at('tiny'), dim: 40 });
    expect(documentOf('models', 'list')).toMatchObject({ models: [{ name: 'tiny' }] });
    documentOf('models', 'remove', 'tiny');
    expect(documentOf('models', 'list')).toEqual({ models: [] });
  });
});

test('evaluate and formats', () => {
  writeFileSync(
    at('truth.json'),
    JSON.stringify({ database: { v: { subset: 'test', annotations: [{ segment: [1, 2], label: 'jump' }] } } }),
  );
  writeFileSync(at('found.json'), JSON.stringify({ results: { v: [{ segment: [1, 2], label: 'jump', score: 0.5 }] } }));
  const scored = documentOf(
    'evaluate',
    '--ground-truth',
    at('truth.json'),
    '--predictions',
    at('found.json'),
    '--protocol',
    'thumos14',
  );
  expect(scored).toMatchObject({ protocol: 'thumos14', map: [1, 1, 1, 1, 1], average_map: 1, per_class: {} });
  writeFileSync(at('pairs.json'), JSON.stringify({ v: 'jump' }));
  writeFileSync(at('ranked.json'), JSON.stringify({ v: [['jump', 0.5]] }));
  const files = ['--ground-truth', at('pairs.json'), '--predictions', at('ranked.json')];
  expect(documentOf('evaluate', ...files, '--protocol', 'recognition')).toMatchObject({ top1: 1, top5: 1 });
  expect(documentOf('evaluate', ...files, '--protocol', 'retrieval')).toMatchObject({ recall: { 1: 1 }, mean_rank: 1 });
  expect(documentOf('formats')).toMatchObject({
    formats: expect.arrayContaining([
      expect.objectContaining({ id: 'coco', loses: [], options: [expect.objectContaining({ id: 'box' })] }),
    ]),
  });
});

describe('use', () => {
  test('a wrong command line is one line of words', () => {
    expect(failureOf('probe').message).toContain("missing required argument 'video'");
    expect(failureOf('dance').message).toContain("unknown command 'dance'");
    expect(failureOf('search', 'p', 'text', '--top', 'many').message).toContain('no number');
  });

  test('without --json, words', () => {
    const { code, stdout } = cuepoint('probe', clip);
    expect(code).toBe(0);
    expect(stdout).toContain('60 frames, first at 0 s, last at 2.36 s');
  });

  test('help is no failure', () => {
    expect(cuepoint('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('propose'), stderr: '' });
  });

  test('Ctrl-C ends a command in order', async () => {
    ensureBuilt();
    const child = spawn(process.execPath, ['main/hosts/cli.ts', 'serve', '--json'], options);
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });
});
