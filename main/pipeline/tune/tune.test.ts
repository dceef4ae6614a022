// Protects: tuning learns from shots, the gate keeps bad versions out, equal input gives equal output, cancel works.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTinyCheckpoint } from '#e2e/models/tiny-checkpoint.ts';
import { readClipParts, type ClipParts } from '#native-models/clip/clip-parts.ts';
import { openModel } from '#native-models/open-model.ts';
import { generateShots } from './generated-shots.ts';
import { tuningPresets } from './presets.ts';
import { initialPrompts } from './train-prompts.ts';
import type { Shot } from './training-shots.ts';
import { tune, type TuningOptions } from './tune.ts';
import { tunedClassFeatures } from './tuned-classes.ts';
import { TuningLearners, type PromptedName } from './tuning-learners.ts';
import type { TuningTask } from './tuning-task.ts';

const words = ['high jump', 'long jump', 'shot put', 'pole vault'];
const classIds = words.map((_, index) => index + 1);
const preset = { ...tuningPresets.quick, steps: 40, learningRate: 5e-3 };
const options: TuningOptions = { seed: 7, provider: 'cpu', threads: 1 };
let folder: string;
let parts: ClipParts;
let zeroShot: Float32Array;
let background: Float32Array;
let names: PromptedName[];

beforeAll(async () => {
  folder = await makeTinyCheckpoint(await mkdtemp(path.join(tmpdir(), 'tune-')));
  parts = readClipParts(folder);
  await using model = await openModel(folder, { provider: 'cpu' });
  zeroShot = await model.encodeTexts(words);
  background = await model.encodeTexts(['nothing', 'an empty room']);
  names = words.map((word, index) => ({ classId: index + 1, tokens: parts.tokenizer!.encode(word).ids.slice(1, -1) }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function generated(shotsPerClass: number, seed: number): { task: TuningTask; shots: Shot[] } {
  const dim = parts.config.projection_dim;
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
  const prefix = initialPrompts(parts, preset, 0).get('prefix')!.length / parts.config.text_config.hidden_size;
  return new TuningLearners(parts, {
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
const current = () => ({ classFeatures: zeroShot, scale: Math.exp(parts.checkpoint.number('logit_scale')) });

describe('tuning', () => {
  it('gets surer of held-out shots than zero-shot, and goes live', async () => {
    const { task, shots } = generated(4, 1);
    const { heldOut, decision, runs } = await tune(parts, task, names, shots, preset, current(), options);
    expect(heldOut.tuned.count).toBe(shots.length);
    expect(heldOut.tuned.logLoss).toBeLessThan(heldOut.zeroShot.logLoss);
    expect(heldOut.tuned.accuracy).toBeGreaterThanOrEqual(heldOut.zeroShot.accuracy);
    expect({ decision, heldOut }).toMatchObject({ decision: { live: true } });
    expect(runs[0]!.losses.at(-1)).toBeLessThan(runs[0]!.losses[0]!);
  });

  it('holds the version in use only against corrections that it has not learned', async () => {
    const { task, shots } = generated(2, 9);
    const short = { ...preset, steps: 2 };
    const seen = shots.slice(0, 5);
    const { heldOut } = await tune(parts, task, names, shots, short, { ...current(), seen }, options);
    expect(heldOut.current.count).toBe(shots.length - seen.length);
    expect(heldOut.tuned.count).toBe(shots.length);
    const again = await tune(parts, task, names, shots, short, { ...current(), seen: shots }, options);
    expect(again.heldOut.current.count).toBe(shots.length);
  });

  it('keeps labels that contradict each other from going live', async () => {
    const { task, shots } = generated(4, 2);
    const contradicting = shots.map((shot, at) => ({
      ...shot,
      classIds: [classIds[(at * 7 + shot.videoId) % classIds.length]!],
    }));
    const { decision } = await tune(
      parts,
      task,
      names,
      contradicting,
      { ...preset, learningRate: 2e-2, anchorWeight: 0 },
      current(),
      options,
    );
    expect(decision.live).toBe(false);
    expect(decision.reason).toMatch(/held-out corrections/);
  });

  it('says so when there is too little to hold back', async () => {
    const { task, shots } = generated(1, 3);
    const { decision } = await tune(parts, task, names, shots.slice(0, 1), { ...preset, steps: 2 }, current(), options);
    expect(decision).toEqual({ live: false, reason: expect.stringMatching(/too few corrections/) });
  });

  it('gives the same numbers for the same seed', async () => {
    const { task, shots } = generated(2, 4);
    const short = { ...preset, steps: 5 };
    const [a, b] = [
      await tune(parts, task, names, shots, short, current(), options),
      await tune(parts, task, names, shots, short, current(), options),
    ];
    expect(a.runs[0]!.learned.get('prefix')).toEqual(b.runs[0]!.learned.get('prefix'));
    expect(a.heldOut).toEqual(b.heldOut);
  });

  it('starts at exactly the zero-shot answer and prompts names it never saw', async () => {
    const { task, shots } = generated(2, 5);
    const { runs } = await tune(parts, task, names, shots, { ...preset, steps: 1 }, current(), options);
    const untrained = runs.map((run) => ({ ...run, learned: run.initial }));
    await using learners = learnersOf(names, zeroShot);
    const same = await tunedClassFeatures(learners, untrained, true);
    same.forEach((value, at) => expect(value).toBeCloseTo(zeroShot[at]!, 6));

    await using model = await openModel(folder, { provider: 'cpu' });
    const newName = [{ classId: 9, tokens: parts.tokenizer!.encode('juggling').ids.slice(1, -1) }];
    await using others = learnersOf(newName, await model.encodeTexts(['juggling']));
    const fresh = await tunedClassFeatures(others, runs, true);
    expect(Math.hypot(...fresh)).toBeCloseTo(1, 5);
  });

  it('stops when cancelled', async () => {
    const { task, shots } = generated(2, 6);
    const controller = new AbortController();
    const stopped = tune(parts, task, names, shots, preset, current(), {
      ...options,
      signal: controller.signal,
      onProgress: ({ step }) => step === 3 && controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('trains the temporal transformer of the published preset', async () => {
    const { task, shots } = generated(2, 8);
    const { runs } = await tune(
      parts,
      task,
      names,
      shots,
      { ...tuningPresets['efficient-prompt'], steps: 3 },
      current(),
      options,
    );
    expect(runs[0]!.temporal).toMatchObject({ frames: 16, skip: 'none' });
    expect([...runs[0]!.learned.keys()]).toContain('temporal.layers.0.query.weight');
  });
});
