// Protects: the fast prompted text tower gives what the plain tower over the whole context gives, values and gradients.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clipTextEncoder, readClip } from '../clip/clip-encoder.ts';
import type { DualEncoder } from '../dual-encoder/dual-encoder.ts';
import { layOutPrompts, promptedText, promptFeeds } from '../dual-encoder/prompted-text.ts';
import { crossEntropy, l2Normalise } from '../graph/composites.ts';
import { gradients } from '../graph/differentiate.ts';
import { mul } from '../graph/elementwise.ts';
import { matmul } from '../graph/linear-algebra.ts';
import { transposeLast } from '../graph/arrange.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input, parameter, type Tensor } from '../graph/tensor.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf, integers, type TensorValues } from '../runtime/tensor-value.ts';
import { layOutPromptTokens } from './prompt-tokens.ts';
import { fastestForm, sharedPrefixText } from './shared-prefix-text.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const names = [[5, 9], [17], [23, 41, 77, 5, 8], [100, 3]];
const labels = [0, 2, 1, 3, 3];

/** Numbers without pattern, the same at every run. */
const noise = (length: number, seed: number, scale: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => scale * Math.sin(12.9898 * (at + 1) + 78.233 * seed));

interface Outcome {
  readonly embeds: Float32Array;
  readonly slopes: readonly Float32Array[];
}

async function outcome(
  embeds: Tensor,
  learned: readonly Tensor[],
  video: Tensor,
  feeds: TensorValues,
): Promise<Outcome> {
  const target = input('target', [labels.length, names.length]);
  const loss = crossEntropy(mul(matmul(video, transposeLast(l2Normalise(embeds))), 14), target);
  const slopes = gradients(loss, learned);
  await using session = await openSession(
    lowerToOnnx({ embeds, ...Object.fromEntries(slopes.map((slope, at) => [`slope${at}`, slope])) }),
    { provider: 'cpu' },
  );
  const onehot = new Float32Array(labels.length * names.length);
  labels.forEach((label, row) => (onehot[row * names.length + label] = 1));
  const answer = await session.run({ ...feeds, target: floats(onehot, [labels.length, names.length]) });
  return { embeds: floatsOf(answer, 'embeds'), slopes: slopes.map((_, at) => floatsOf(answer, `slope${at}`)) };
}

/** Both forms; the plain one over another encoder where one is given. */
async function bothWays(
  { texts, dim: dimension }: DualEncoder,
  prefix: number,
  suffix: number,
  plainTexts = texts,
): Promise<[Outcome, Outcome]> {
  const marks = { startOfText: 638, endOfText: 639 };
  const { width } = texts;
  const before = parameter('prefix', [prefix, width]);
  const after = suffix > 0 ? parameter('suffix', [suffix, width]) : null;
  const learned = after === null ? [before] : [before, after];
  const video = input('video', [labels.length, dimension]);
  const shared: TensorValues = {
    prefix: floats(noise(prefix * width, 1, 0.02), [prefix, width]),
    ...(after === null ? {} : { suffix: floats(noise(suffix * width, 2, 0.02), [suffix, width]) }),
    video: floats(noise(labels.length * dimension, 3, 0.2), [labels.length, dimension]),
  };

  const tokens = layOutPromptTokens(names, { prefix, suffix }, marks.endOfText);
  const cells = [tokens.classes, tokens.length];
  const fastPrompt = {
    ids: input('ids', cells, 'int64'),
    frozen: input('frozen', cells),
    endOfText: input('end', cells),
    afterEnd: input('after', cells),
    suffixPlaces: after === null ? null : input('places', [...cells, suffix]),
    suffix: after,
    prefix: before,
    startOfText: input('start', [1], 'int64'),
  };
  const fast = await outcome(sharedPrefixText(fastPrompt, texts), learned, video, {
    ...shared,
    ids: integers(tokens.ids, cells),
    frozen: floats(tokens.frozen, cells),
    end: floats(tokens.endOfText, cells),
    after: floats(tokens.afterEnd, cells),
    ...(after === null ? {} : { places: floats(tokens.suffixPlaces, [...cells, suffix]) }),
    start: integers([marks.startOfText], [1]),
  });

  const layout = layOutPrompts(plainTexts, names, { prefix, suffix }, marks)!;
  const plainText = promptedText(plainTexts, [layout.classes, layout.length], before, after);
  const plain = await outcome(plainText.embeds, learned, video, { ...shared, ...promptFeeds(plainTexts, layout) });
  return [fast, plain];
}

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const apart = (a: Float32Array, b: Float32Array): number => largest(a.map((value, at) => value - b[at]!));

describe.each(['clip-gelu', 'clip-legacy-eos'])('%s', (folder) => {
  it.each([
    [4, 3],
    [16, 16],
    [4, 0],
    [1, 1],
  ])('%i vectors before and %i after: equal to the plain tower', async (prefix, suffix) => {
    const [fast, plain] = await bothWays(readClip(path.join(fixtures, folder)), prefix, suffix);
    expect(apart(fast.embeds, plain.embeds)).toBeLessThan(1e-5 * Math.max(1, largest(plain.embeds)));
    fast.slopes.forEach((slope, at) =>
      expect(apart(slope, plain.slopes[at]!) / largest(plain.slopes[at]!)).toBeLessThan(1e-4),
    );
  });
});

describe('a tower whose texts look both ways', () => {
  const encoder = readClip(path.join(fixtures, 'clip-gelu'));
  const { config, checkpoint } = encoder.texts.causalTower!;
  const bothSided = clipTextEncoder(
    { ...config, text_config: { ...config.text_config, no_causal_mask: true } },
    checkpoint,
    { readAt: encoder.texts.readAt },
  );

  it('would get wrong features from a shared prefix, so it is refused one', async () => {
    const [fast, plain] = await bothWays(encoder, 4, 3, bothSided);
    expect(apart(fast.embeds, plain.embeds) / largest(plain.embeds)).toBeGreaterThan(0.01);
    await expect(bothWays({ ...encoder, texts: bothSided }, 4, 3)).rejects.toThrow(/look both ways/);
    expect(fastestForm(bothSided)).toBe('plain');
    expect(fastestForm(encoder.texts)).toBe('shared-prefix');
  });
});
