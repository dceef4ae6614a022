// Protects: the places of learned vectors, and that vectors equal to words' own embeddings give exactly those words' features.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readClip } from '../clip/clip-encoder.ts';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { parameter } from '../graph/tensor.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf } from '../runtime/tensor-value.ts';
import { layOutPrompts, promptedText, promptFeeds, type PromptLayout } from './prompted-text.ts';
import { textFeeds, textLeaves } from './text-feeds.ts';

const { texts } = readClip(path.join(import.meta.dirname, '..', 'fixtures', 'clip-gelu'));
const marks = { startOfText: 638, endOfText: 639 };
const nameOf = (length: number): number[] => Array.from({ length }, (_, at) => 10 + at);

describe('the layout of 16 + name + 16 (Ju et al. 2022)', () => {
  test.each([1, 2, 3, 4, 5])('a name of %d tokens: vectors at 1..16 and right after the name, EOT at 33 + n', (n) => {
    const layout = layOutPrompts(texts, [nameOf(n)], { prefix: 16, suffix: 16 }, marks)!;
    const [row] = layout.rows;
    const vectorAt = (position: number): number =>
      layout.placement.subarray(position * 32, (position + 1) * 32).indexOf(1);
    expect(row![0]).toBe(638);
    for (let j = 0; j < 16; j += 1) {
      expect(vectorAt(1 + j)).toBe(j);
      expect(vectorAt(17 + n + j)).toBe(16 + j);
    }
    expect(row!.slice(17, 17 + n)).toEqual(nameOf(n));
    expect(texts.readAt(row!)).toBe(33 + n);
    expect(row![33 + n]).toBe(639);
  });

  test('a name that leaves no room for its end has no layout', () => {
    expect(layOutPrompts(texts, [nameOf(43)], { prefix: 16, suffix: 16 }, marks)).not.toBeNull();
    expect(layOutPrompts(texts, [nameOf(44)], { prefix: 16, suffix: 16 }, marks)).toBeNull();
  });
});

describe('prompted features', () => {
  async function plain(words: readonly number[]): Promise<{ features: Float32Array; embeddings: Float32Array }> {
    const leaves = textLeaves(texts);
    const embeddings = texts.tokenVectors(leaves.ids);
    const { embeds } = texts.encode(embeddings, leaves.readAt, leaves.real);
    await using session = await openSession(lowerToOnnx({ embeds, embeddings }), { provider: 'cpu', threads: 1 });
    const answer = await session.run(textFeeds(texts, [[638, ...words, 639]]));
    return { features: floatsOf(answer, 'embeds'), embeddings: floatsOf(answer, 'embeddings') };
  }

  async function prompted(layout: PromptLayout, prefix: Float32Array, suffix: Float32Array): Promise<Float32Array> {
    const [before, after] = [prefix.length / 64, suffix.length / 64];
    const vectors = [parameter('prefix', [before, 64]), parameter('suffix', [after, 64])] as const;
    const { embeds } = promptedText(texts, [1, 77], ...vectors);
    await using session = await openSession(lowerToOnnx({ embeds }), { provider: 'cpu', threads: 1 });
    const answer = await session.run({
      ...promptFeeds(texts, layout),
      prefix: floats(prefix, [before, 64]),
      suffix: floats(suffix, [after, 64]),
    });
    return floatsOf(answer, 'embeds');
  }

  const apart = (a: Float32Array, b: Float32Array): number =>
    Math.max(...a.map((value, at) => Math.abs(value - b[at]!)));

  test('vectors that are the embeddings of words read as those words', async () => {
    const sentence = [5, 9, 23, 41, 77];
    const { features, embeddings } = await plain(sentence);
    const layout = layOutPrompts(texts, [[23, 41]], { prefix: 2, suffix: 1 }, marks)!;
    expect(
      apart(await prompted(layout, embeddings.slice(64, 192), embeddings.slice(5 * 64, 6 * 64)), features),
    ).toBeLessThan(1e-5);
  });

  test('no vectors at all: plain CLIP', async () => {
    const { features } = await plain([23, 41]);
    const layout = layOutPrompts(texts, [[23, 41]], { prefix: 0, suffix: 0 }, marks)!;
    expect(apart(await prompted(layout, new Float32Array(), new Float32Array()), features)).toBeLessThan(1e-5);
  });
});
