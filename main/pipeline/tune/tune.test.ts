// Protects: tuning learns from shots, equal input gives equal output, cancel works.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { readDualEncoder, type DualEncoder } from '#native-models/open-model.ts';
import { openModel } from '#native-models/open-model.ts';
import { promptSentence } from '../judge/part-words.ts';
import { generateShots, projectOfShots } from './generated-shots.ts';
import { tuningPresets, type TuningPreset } from './presets.ts';
import { initialPrompts } from './train-prompts.ts';
import type { Shot } from './training-shots.ts';
import { tune, type TuningOptions, type TuningResult } from './tune.ts';
import { tunedClassFeatures } from './tuned-classes.ts';
import { TuningLearners, type PromptedName } from './tuning-learners.ts';
import type { TuningTask } from './tuning-task.ts';
import { english } from '#preload/domain/saying.ts';

const words = ['high jump', 'long jump', 'shot put', 'pole vault'];
const classIds = words.map((_, index) => index + 1);
const preset = { ...tuningPresets.quick, steps: 40, learningRate: 5e-3 };
const options: TuningOptions = { seed: 7, provider: 'cpu', threads: 1 };
let folder: string;
let encoder: DualEncoder;
let zeroShot: Float32Array;
let background: Float32Array;
let names: PromptedName[];

beforeAll(async () => {
  folder = await makeTinyCheckpoint(await mkdtemp(path.join(tmpdir(), 'tune-')));
  encoder = readDualEncoder(folder);
  await using model = await openModel(folder, { provider: 'cpu' });
  zeroShot = await model.encodeTexts(words);
  background = await model.encodeTexts(['nothing', 'an empty room']);
  names = words.map((word, index) => ({ classId: index + 1, tokens: encoder.tokenizer!.words(word) }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function generated(shotsPerClass: number, seed: number): { task: TuningTask; shots: Shot[] } {
  const dim = encoder.dim;
  const { shots, videos } = generateShots({
    seed,
    worldSeed: 3,
    classIds,
    zeroShot,
    dim,
    shotsPerClass,
    commonShift: 0.7,
    classShift: 0.3,
    clipNoise: 0.7,
    noise: 0.5,
  });
  return { task: { dim, classIds, zeroShot, background, videos }, shots };
}
const learnersOf = (some: readonly PromptedName[], features: Float32Array): TuningLearners => {
  const prefix = initialPrompts(encoder, preset, 0).get('prefix')!.length / encoder.texts.width;
  return new TuningLearners(encoder, {
    names: some,
    zeroShot: features,
    background,
    prompt: { prefix, suffix: 0 },
    scale: 1,
    anchorWeight: 0,
    provider: 'cpu',
    threads: 1,
  });
};
const ownScale = (): number => encoder.logitScale;
const tuned = (
  task: TuningTask,
  shots: readonly Shot[],
  recipe: TuningPreset = preset,
  more: Partial<TuningOptions> = {},
): Promise<TuningResult> =>
  tune(encoder, task, names, projectOfShots(task, shots, ownScale()), recipe, { ...options, ...more });

describe('tuning', () => {
  it('judges prompts on videos and on names that it held back, and says what names without shots get', async () => {
    const { task, shots } = generated(4, 1);
    const { judgement, runs } = await tuned(task, shots);
    expect(judgement.prompts).toMatchObject({ videos: 4 });
    expect(judgement.temporal).toBeNull();
    expect(judgement.use.prompts === 'none').toBe(judgement.prompts!.verdict !== 'better');
    expect(judgement.namesWithoutShots !== null).toBe(judgement.prompts!.verdict === 'better');
    expect(runs[0]!.losses.at(-1)).toBeLessThan(runs[0]!.losses[0]!);
  });

  it('holds what passed against the version in use', async () => {
    const { task, shots } = generated(3, 9);
    const live = {
      parts: { prompts: { classFeatures: zeroShot, scale: ownScale() }, temporal: null, boundaries: null },
      seen: new Set([shots[0]!.videoId]),
    };
    const { judgement } = await tuned(task, shots, { ...preset, steps: 2 }, { live });
    expect(judgement.besideLive !== null).toBe(judgement.use.prompts !== 'none');
  });

  it('keeps labels that contradict each other from going live', async () => {
    const { task, shots } = generated(4, 2);
    const contradicting = shots.map((shot, at) => ({
      ...shot,
      classIds: [classIds[(at * 7 + shot.videoId) % classIds.length]!],
    }));
    const { judgement } = await tuned(task, contradicting, { ...preset, learningRate: 2e-2, anchorWeight: 0 });
    expect(judgement.use).toEqual({ prompts: 'none', temporal: false, boundaries: false });
    expect(english(promptSentence(judgement, false))).toMatch(/nothing beyond noise|do harm/);
  });

  it('says so when there is too little to hold back', async () => {
    const { task, shots } = generated(1, 3);
    const { judgement } = await tuned(task, shots.slice(0, 1), { ...preset, steps: 2 });
    expect(judgement).toMatchObject({ prompts: null, use: { prompts: 'none' } });
    expect(english(promptSentence(judgement, false))).toMatch(/too few corrected videos/);
  });

  it('gives the same numbers for the same seed', async () => {
    const { task, shots } = generated(2, 4);
    const short = { ...preset, steps: 5 };
    const [a, b] = [await tuned(task, shots, short), await tuned(task, shots, short)];
    expect(a.runs[0]!.learned.get('prefix')).toEqual(b.runs[0]!.learned.get('prefix'));
    expect(a.judgement).toEqual(b.judgement);
  });

  it('starts at exactly the zero-shot answer and prompts names it never saw', async () => {
    const { task, shots } = generated(2, 5);
    const { runs } = await tuned(task, shots, { ...preset, steps: 1 });
    const untrained = runs.map((run) => ({ ...run, learned: run.initial }));
    await using learners = learnersOf(names, zeroShot);
    const same = await tunedClassFeatures(learners, untrained, true);
    same.forEach((value, at) => expect(value).toBeCloseTo(zeroShot[at]!, 6));

    await using model = await openModel(folder, { provider: 'cpu' });
    const newName = [{ classId: 9, tokens: encoder.tokenizer!.words('juggling') }];
    await using others = learnersOf(newName, await model.encodeTexts(['juggling']));
    const fresh = await tunedClassFeatures(others, runs, true);
    expect(Math.hypot(...fresh)).toBeCloseTo(1, 5);
  });

  it('stops when cancelled', async () => {
    const { task, shots } = generated(2, 6);
    const controller = new AbortController();
    const stopped = tuned(task, shots, preset, {
      signal: controller.signal,
      onProgress: ({ step }) => step === 3 && controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('trains the temporal transformer of the published preset', async () => {
    const { task, shots } = generated(2, 8);
    const { runs, judgement } = await tuned(task, shots, { ...tuningPresets['efficient-prompt'], steps: 3 });
    expect(judgement.temporal).toBeNull();
    expect(judgement.prompts).not.toBeNull();
    expect(runs[0]!.temporal).toMatchObject({ frames: 16, skip: 'none' });
    expect([...runs[0]!.learned.keys()]).toContain('temporal.layers.0.query.weight');
  });

  it.each([
    ['actionclip', { frames: 8, layers: 6 }],
    ['clip4clip', { frames: 12, layers: 4 }],
  ] as const)('learns time alone with %s: names stay as their texts say', async (id, shape) => {
    const { task, shots } = generated(2, 9);
    const { runs } = await tuned(task, shots, { ...tuningPresets[id], steps: 3 });
    const [{ learned, initial, temporal }] = runs as [(typeof runs)[number]];
    expect(temporal).toMatchObject({ ...shape, skip: 'outer' });
    expect(learned.get('prefix')).toEqual(initial.get('prefix'));
    expect(learned.get('temporal.positions')!.some((value) => value !== 0)).toBe(true);
    await using learners = learnersOf(names, zeroShot);
    const features = await tunedClassFeatures(learners, runs, true);
    features.forEach((value, at) => expect(value).toBeCloseTo(zeroShot[at]!, 5));
  });
});
