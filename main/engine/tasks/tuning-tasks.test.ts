// Protects: what corrections teach reaches proposals: at once in closed form, after tuning through a version's file; with
// none of either, and with a version of another model, everything is as it was; a cancelled tuning leaves nothing.
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTunedVersion, writeTunedVersion } from '#main/pipeline/tune/tuned-version-file.ts';
import { EngineMemory } from './engine-memory.ts';
import type { TestBench } from '../../testing/engine-test-bench.ts';
import { makeTestBench, searchedVideo } from '../../testing/engine-test-bench.ts';
import type { TaskContext } from './task-context.ts';
import type { TaughtChoice } from '../vocabulary.ts';
import { embed } from './embed.ts';
import { localiseTask } from './localise.ts';
import { recognise } from './recognise.ts';
import { search } from './search.ts';
import { tuneTask } from './tune.ts';
import type { EngineTasks } from '../tasks.ts';
import { english } from '#preload/domain/saying.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const memory = new EngineMemory();
const context: TaskContext = { memory, signal: new AbortController().signal, report: () => undefined };
const classes = [
  { classId: 7, prompt: 'throw discus' },
  { classId: 3, prompt: '高跳' },
];
const second = 1_000_000;
let bench: TestBench;
let asked: EngineTasks['localise']['input'];
let taught: TaughtChoice;

beforeAll(async () => {
  bench = await makeTestBench(12);
  const { media, model, folder } = bench;
  const settings = { samplingFps: 4, templates: [], backgroundTexts: [] };
  asked = { media, model, featuresFolder: path.join(folder, 'features'), classes, settings };
  await embed({ ...asked, samplingFps: 4 }, context);
  // Scenes of two seconds, two kinds in turn.
  const scene = (index: number) => ({ videoId: 1, startUs: 2 * index * second, endUs: 2 * (index + 1) * second });
  taught = {
    versionFile: null,
    boundaryFile: null,
    corrections: [0, 1, 2, 3].map((index) => ({
      ...scene(index),
      classId: index % 2 === 0 ? 7 : 3,
      decision: 'accepted' as const,
    })),
    reviewed: [],
    videos: [{ videoId: 1, name: 'clip', checksum: media.checksum, endUs: media.frames.at(-1)! }],
  };
});
afterAll(async () => {
  await memory[Symbol.asyncDispose]();
  await rm(bench.folder, { recursive: true, force: true });
});

const tuneInput = (file: string) => ({
  ...asked,
  taught,
  preset: 'quick' as const,
  seed: 3,
  versionFile: path.join(bench.folder, file),
  boundaryFile: path.join(bench.folder, `edges-${file}`),
});

describe('what corrections teach', () => {
  it('is nothing while there are none', async () => {
    const nothing = { versionFile: null, boundaryFile: null, corrections: [], reviewed: [], videos: [] };
    expect(await localiseTask({ ...asked, taught: nothing }, context)).toEqual(await localiseTask(asked, context));
  });

  it('is heard at once, before any tuning', async () => {
    const span = { startUs: 0, endUs: 2 * second };
    const before = await recognise({ ...asked, span, top: 2 }, context);
    const after = await recognise({ ...asked, taught, span, top: 2 }, context);
    const probabilityOf = ({ ranking }: typeof before) => ranking.find(({ classId }) => classId === 7)!.probability;
    expect(probabilityOf(after)).toBeGreaterThan(probabilityOf(before));
  });

  it('goes into a version, which proposals, recognition and search then use, also for a class typed later', async () => {
    const steps: number[] = [];
    const report: TaskContext['report'] = ({ figures }) => figures && steps.push(figures.loss);
    const outcome = await tuneTask(tuneInput('one.safetensors'), { ...context, report });
    expect(outcome.shots).toEqual([
      { classId: 7, count: 2 },
      { classId: 3, count: 2 },
    ]);
    // One video: nothing can be held back, so that nothing goes live by itself.
    expect(inEnglish(outcome.prompts)).toMatchObject({
      passed: false,
      reason: expect.stringMatching(/too few corrected videos/),
    });
    expect(inEnglish(outcome)).toMatchObject({
      boundaries: null,
      boundaryObstacle: expect.stringMatching(/8 accepted segments/),
    });
    expect(steps.length).toBe(100);
    expect(readTunedVersion(path.join(bench.folder, 'one.safetensors'))).toMatchObject({
      preset: 'quick',
      runs: 1,
      temporal: null,
      use: { prompts: 'with shots', temporal: false },
      taughtNames: ['throw discus', '高跳'],
    });

    const live = { ...taught, versionFile: path.join(bench.folder, 'one.safetensors') };
    const tuned = await localiseTask({ ...asked, taught: live }, context);
    expect(tuned.warnings).toEqual([]);
    expect(tuned.segments).not.toEqual((await localiseTask({ ...asked, taught }, context)).segments);
    const typedLater = [...classes, { classId: 9, prompt: 'juggling' }];
    const { ranking } = await recognise({ ...asked, classes: typedLater, taught: live, span: null, top: 3 }, context);
    expect(ranking.map(({ classId }) => classId).toSorted((a, b) => a - b)).toEqual([3, 7, 9]);
  });

  it('has a say in what is searched for only where such a text is known to gain by it', async () => {
    const versionFile = path.join(bench.folder, 'one.safetensors');
    const gaining = path.join(bench.folder, 'gaining.safetensors');
    const version = readTunedVersion(versionFile);
    writeTunedVersion(gaining, { ...version, use: { ...version.use, prompts: 'all' } }, 40);
    const find = (text: string, file: string | null) =>
      search({ ...asked, question: { text }, videos: [searchedVideo(bench, 1)], top: 3, versionFile: file }, context);
    const plain = await find('a jump', null);
    expect(plain.moments.length).toBeGreaterThan(0);
    expect(await find('a jump', versionFile)).toEqual(plain);
    expect(await find('a jump', gaining)).not.toEqual(plain);
    // A name that it had shots of is what it was judged by.
    expect(await find('throw discus', versionFile)).not.toEqual(await find('throw discus', null));
  });

  it('is read in the texts of a preset that has its own, also for a class typed later', async () => {
    const file = 'in-own-texts.safetensors';
    await tuneTask({ ...tuneInput(file), preset: 'actionclip' }, context);
    const version = readTunedVersion(path.join(bench.folder, file));
    expect(version).toMatchObject({ preset: 'actionclip', temporal: { layers: 6, frames: 8, skip: 'outer' } });
    expect(version.templates).toHaveLength(16);
    // Used whole, with a temporal module that changes nothing, names are what the texts alone make of them.
    const plain = path.join(bench.folder, 'texts-alone.safetensors');
    const use = { prompts: 'all', temporal: false } as const;
    const width = version.learned[0]!.learned.get('prefix')!.length / version.prompt.prefix;
    writeTunedVersion(plain, { ...version, use }, width);
    const typed = { ...asked, classes: [...classes, { classId: 9, prompt: 'juggling' }], span: null, top: 3 };
    const templates = [...version.templates];
    const inTexts = await recognise({ ...typed, settings: { ...asked.settings, templates } }, context);
    const nothing = { ...taught, corrections: [], versionFile: plain };
    const live = await recognise({ ...typed, taught: nothing }, context);
    expect(live.warnings).toEqual([]);
    for (const { classId, probability } of inTexts.ranking)
      expect(live.ranking.find((one) => one.classId === classId)!.probability).toBeCloseTo(probability, 4);
    const before = await recognise(typed, context);
    expect(before.ranking).not.toEqual(inTexts.ranking);
  });

  it('is the same again for the same corrections and seed', async () => {
    await tuneTask(tuneInput('two.safetensors'), context);
    const [one, two] = ['one', 'two'].map((name) => readTunedVersion(path.join(bench.folder, `${name}.safetensors`)));
    expect(two!.learned[0]!.learned.get('prefix')).toEqual(one!.learned[0]!.learned.get('prefix'));
  });

  it('is set aside with a word where the version belongs to another model or is gone', async () => {
    const foreign = path.join(bench.folder, 'foreign.safetensors');
    const version = readTunedVersion(path.join(bench.folder, 'one.safetensors'));
    writeTunedVersion(foreign, { ...version, modelHash: 'another' }, 48);
    const plain = await localiseTask({ ...asked, taught }, context);
    for (const [versionFile, word] of [
      [foreign, /another model/],
      [`${foreign}.not`, /missing/],
    ] as const) {
      const answer = await localiseTask({ ...asked, taught: { ...taught, versionFile } }, context);
      expect(answer.segments).toEqual(plain.segments);
      expect(answer.warnings.map(english).join()).toMatch(word);
    }
  });

  it('leaves no file when it is cancelled', async () => {
    const controller = new AbortController();
    const report: TaskContext['report'] = ({ figures }) => figures && controller.abort(new Error('stopped'));
    const stopped = tuneTask(tuneInput('three.safetensors'), { memory, signal: controller.signal, report });
    await expect(stopped).rejects.toThrow('stopped');
    expect((await readdir(bench.folder)).filter((name) => name.startsWith('three'))).toEqual([]);
  });

  it('says so when there is nothing to learn from', async () => {
    const input = { ...tuneInput('four.safetensors'), taught: { ...taught, corrections: [] } };
    await expect(tuneTask(input, context)).rejects.toMatchObject({ code: 'nothing-to-do' });
  });
});
