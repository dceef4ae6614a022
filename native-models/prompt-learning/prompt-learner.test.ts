// Protects: one training step is the same in one go and in chunks of classes, in the fast and the plain form, and points the
// same way in whole numbers; an
// untrained learner gives exactly the zero-shot features; the temporal module starts without effect.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readClip } from '../clip/clip-encoder.ts';
import { builtInProviders } from '../runtime/session.ts';
import { initialTemporal } from '../temporal/temporal-transformer.ts';
import { findLearningProvider } from './learning-provider.ts';
import {
  openPromptLearner,
  type PromptClasses,
  type PromptExamples,
  type PromptLearnerSettings,
} from './prompt-learner.ts';

const encoder = readClip(path.resolve(import.meta.dirname, '../fixtures/clip-legacy-eos'));
const dimension = encoder.dim;
const width = encoder.texts.width;
const offset = (): Float32Array => noise(names.length * dimension, 4, 0.02);
const noise = (length: number, seed: number, scale: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => scale * Math.sin(12.9898 * (at + 1) + 78.233 * seed));

function unitRows(rows: number, seed: number): Float32Array {
  const values = noise(rows * dimension, seed, 1);
  for (let row = 0; row < rows; row += 1) {
    const part = values.subarray(row * dimension, (row + 1) * dimension);
    const length = Math.hypot(...part);
    part.forEach((value, at) => (part[at] = value / length));
  }
  return values;
}

const names = [[5, 9], [17], [23, 41, 77], [100, 3], [8, 8, 8, 8]];
const count = 6;
const frames = 4;
const classes: PromptClasses = {
  names,
  startOfText: 638,
  endOfText: 639,
  anchors: unitRows(names.length, 5),
  background: unitRows(2, 6),
};
const examples = (temporal: boolean): PromptExamples => {
  const targets = new Float32Array(count * names.length);
  const backgroundTargets = new Float32Array(count * 2);
  for (let row = 0; row < count; row += 1) {
    if (row === count - 1) backgroundTargets[row * 2] = 1;
    else targets[row * names.length + row] = 1;
  }
  return {
    count,
    features: temporal ? noise(count * frames * dimension, 7, 0.3) : unitRows(count, 7),
    targets,
    backgroundTargets,
    weights: new Float32Array(count).fill(1 / count),
  };
};
const settings: PromptLearnerSettings = {
  prompt: { prefix: 3, suffix: 2 },
  temporal: null,
  scale: 20,
  anchorWeight: 8,
  classesPerChunk: 100,
  form: 'shared-prefix',
  provider: 'cpu',
};
const learned = new Map([
  ['prefix', noise(3 * width, 1, 0.02)],
  ['suffix', noise(2 * width, 2, 0.02)],
]);
const apart = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * b[at]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
const size = (a: Float32Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe('a training step', () => {
  it.each([
    ['in chunks of two classes', { classesPerChunk: 2 }],
    ['in the plain form', { form: 'plain' as const }],
  ])('%s equals the whole fast one', async (_, change) => {
    await using whole = await openPromptLearner(encoder, classes, settings);
    await using other = await openPromptLearner(encoder, classes, { ...settings, ...change });
    const [a, b] = [
      await whole.step(learned, offset(), examples(false)),
      await other.step(learned, offset(), examples(false)),
    ];
    expect(Math.abs(a.loss - b.loss)).toBeLessThan(1e-4);
    expect(
      apart(await whole.classFeatures(learned, offset()), await other.classFeatures(learned, offset())),
    ).toBeLessThan(1e-5);
    for (const [name, slope] of a.gradients)
      expect(apart(slope, b.gradients.get(name)!) / size(slope)).toBeLessThan(1e-4);
  });

  it('trains the temporal module too, in one go and in chunks alike', async () => {
    const temporal = { width: dimension, heads: 4, layers: 1, frames, skip: 'outer' as const };
    let at = 0;
    const draw = { uniform: () => Math.sin((at += 1) * 12.9898), normal: () => Math.sin((at += 1) * 78.233) };
    const all = new Map([...learned, ...initialTemporal(temporal, draw)]);
    await using whole = await openPromptLearner(encoder, classes, { ...settings, temporal });
    await using chunked = await openPromptLearner(encoder, classes, { ...settings, temporal, classesPerChunk: 2 });
    const [a, b] = [await whole.step(all, offset(), examples(true)), await chunked.step(all, offset(), examples(true))];
    expect([...a.gradients.keys()].toSorted()).toEqual([...all.keys()].toSorted());
    const largest = Math.max(...[...a.gradients.values()].map(size));
    for (const [name, slope] of a.gradients) expect(apart(slope, b.gradients.get(name)!) / largest).toBeLessThan(1e-4);

    // Untrained, the module changes no direction: the loss is that of the plain means.
    const means = new Float32Array(count * dimension);
    const given = examples(true).features;
    for (let row = 0; row < count; row += 1) {
      const part = means.subarray(row * dimension, (row + 1) * dimension);
      for (let frame = 0; frame < frames; frame += 1)
        part.forEach((_, d) => (part[d]! += given[(row * frames + frame) * dimension + d]!));
      const length = Math.hypot(...part);
      part.forEach((value, d) => (part[d] = value / length));
    }
    await using plain = await openPromptLearner(encoder, classes, settings);
    const without = await plain.step(learned, offset(), { ...examples(false), features: means });
    expect(Math.abs(a.loss - without.loss)).toBeLessThan(1e-4);
  });

  it('shortens a name that does not fit, and says which', async () => {
    const long = { ...classes, names: [...names.slice(0, 4), Array<number>(100).fill(7)] };
    await using learner = await openPromptLearner(encoder, long, settings);
    expect(learner.shortened).toEqual([4]);
    expect((await learner.classFeatures(learned, offset())).every(Number.isFinite)).toBe(true);
  });
});

describe('a training step in whole numbers', () => {
  // A trained tower: in the small random one there is little but noise.
  const starter = readClip(path.resolve(import.meta.dirname, '../../resources/starter-model'));
  const { dim, texts, tokenizer } = starter;
  const { startOfText, endOfText } = tokenizer!;
  const rows = (count_: number, seed: number) => noise(count_ * dim, seed, 1 / Math.sqrt(dim / 2));
  const actions = ['jump', 'throw a ball', 'sit down', 'walk', 'wave with both hands'];
  const named: PromptClasses = {
    names: actions.map((name) => tokenizer!.words(name)),
    startOfText,
    endOfText,
    anchors: rows(actions.length, 5),
    background: rows(2, 6),
  };
  const prompts = new Map([
    ['prefix', noise(3 * texts.width, 1, 0.02)],
    ['suffix', noise(2 * texts.width, 2, 0.02)],
  ]);
  const shown = { ...examples(false), features: rows(count, 7) };

  it.each([
    ['in one go', {}],
    ['in chunks of two classes', { classesPerChunk: 2 }],
  ])('points where the exact one does, %s; what comes of it is told exactly', async (_, change) => {
    await using exact = await openPromptLearner(starter, named, settings);
    await using fast = await openPromptLearner(starter, named, { ...settings, ...change, provider: 'cpu-int8' });
    const [a, b] = [await exact.step(prompts, null, shown), await fast.step(prompts, null, shown)];
    expect(Math.abs(a.loss - b.loss) / a.loss).toBeLessThan(0.01);
    for (const [name, slope] of a.gradients) {
      expect(cosine(slope, b.gradients.get(name)!)).toBeGreaterThan(0.999);
      expect(b.gradients.get(name)).not.toEqual(slope);
    }
    expect(apart(await exact.classFeatures(prompts, null), await fast.classFeatures(prompts, null))).toBeLessThan(1e-5);
  });
});

describe('where to learn', () => {
  it('is what a step is fastest on and right; what cannot be used is told with its reason', async () => {
    const { provider: _, temporal: __, ...recipe } = settings;
    const { chosen, trials } = await findLearningProvider(encoder, classes, recipe, {});
    const usable = trials.filter(({ error }) => error === null);
    expect(usable.map(({ provider }) => provider)).toContain(chosen);
    const devices = builtInProviders().filter((provider) => provider !== 'cpu');
    expect(trials.map(({ provider }) => provider)).toEqual([...devices, 'cpu-int8', 'cpu']);
    for (const { provider, error, maxDifference } of trials)
      expect(error !== null || maxDifference! <= (provider === 'cpu-int8' ? 0.05 : 2e-3)).toBe(true);
  });

  it('is not looked for where it was said', async () => {
    const { provider: _, temporal: __, ...recipe } = settings;
    const report = await findLearningProvider(encoder, classes, recipe, { provider: 'cpu' });
    expect(report).toMatchObject({ requested: 'cpu', chosen: 'cpu', trials: [{ provider: 'cpu' }] });
  });
});
