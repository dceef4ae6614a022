// Protects: the places of learned vectors, and that vectors equal to words' own embeddings give exactly those words' features.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lowerToOnnx } from '../graph/lower-to-onnx.ts';
import { input, parameter } from '../graph/tensor.ts';
import { openSession } from '../runtime/session.ts';
import { floats, floatsOf, integers } from '../runtime/tensor-value.ts';
import { readClipParts } from './clip-parts.ts';
import { layOutPrompts, promptedText, type PromptLayout } from './prompted-text.ts';
import { endOfTextPosition, selectPositions, textTower, tokenEmbeddings } from './text-tower.ts';

const tokens = { startOfText: 638, endOfText: 639, contextLength: 77 };
const nameOf = (length: number): number[] => Array.from({ length }, (_, at) => 10 + at);

describe('the layout of 16 + name + 16 (Ju et al. 2022)', () => {
  test.each([1, 2, 3, 4, 5])('a name of %d tokens: vectors at 1..16 and right after the name, EOT at 33 + n', (n) => {
    const layout = layOutPrompts([nameOf(n)], { prefix: 16, suffix: 16 }, tokens)!;
    const vectorAt = (position: number): number =>
      layout.placement.subarray(position * 32, (position + 1) * 32).indexOf(1);
    expect(layout.ids[0]).toBe(638);
    for (let j = 0; j < 16; j += 1) {
      expect(vectorAt(1 + j)).toBe(j);
      expect(vectorAt(17 + n + j)).toBe(16 + j);
    }
    expect([...layout.ids.subarray(17, 17 + n)]).toEqual(nameOf(n));
    expect(layout.endOfText.indexOf(1)).toBe(33 + n);
    expect(layout.ids[33 + n]).toBe(639);
  });

  test('a name that leaves no room for its end has no layout', () => {
    expect(layOutPrompts([nameOf(43)], { prefix: 16, suffix: 16 }, tokens)).not.toBeNull();
    expect(layOutPrompts([nameOf(44)], { prefix: 16, suffix: 16 }, tokens)).toBeNull();
  });
});

describe('prompted features', () => {
  const { config, checkpoint } = readClipParts(path.join(import.meta.dirname, '..', 'fixtures', 'clip-gelu'));
  const ids = input('ids', [1, 77], 'int64');

  async function plain(words: readonly number[]): Promise<{ features: Float32Array; embeddings: Float32Array }> {
    const row = [638, ...words, 639, ...Array<number>(75 - words.length).fill(0)];
    const embeddings = tokenEmbeddings(ids, config, checkpoint);
    const { embeds } = textTower(embeddings, input('end', [1, 77]), config, checkpoint);
    await using session = await openSession(lowerToOnnx({ embeds, embeddings }), { provider: 'cpu', threads: 1 });
    const end = selectPositions([endOfTextPosition(row, 639)], 77);
    const answer = await session.run({ ids: integers(row, [1, 77]), end: floats(end, [1, 77]) });
    return { features: floatsOf(answer, 'embeds'), embeddings: floatsOf(answer, 'embeddings') };
  }

  async function prompted(layout: PromptLayout, prefix: Float32Array, suffix: Float32Array): Promise<Float32Array> {
    const [before, after] = [prefix.length / 64, suffix.length / 64];
    const prompt = {
      ids,
      placement: input('placement', [1, 77, before + after]),
      endOfText: input('end', [1, 77]),
      prefix: parameter('prefix', [before, 64]),
      suffix: parameter('suffix', [after, 64]),
    };
    const { embeds } = promptedText(prompt, config, checkpoint);
    await using session = await openSession(lowerToOnnx({ embeds }), { provider: 'cpu', threads: 1 });
    const answer = await session.run({
      ids: integers(layout.ids, [1, 77]),
      placement: floats(layout.placement, [1, 77, before + after]),
      end: floats(layout.endOfText, [1, 77]),
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
    const layout = layOutPrompts([[23, 41]], { prefix: 2, suffix: 1 }, tokens)!;
    expect(
      apart(await prompted(layout, embeddings.slice(64, 192), embeddings.slice(5 * 64, 6 * 64)), features),
    ).toBeLessThan(1e-5);
  });

  test('no vectors at all: plain CLIP', async () => {
    const { features } = await plain([23, 41]);
    const layout = layOutPrompts([[23, 41]], { prefix: 0, suffix: 0 }, tokens)!;
    expect(apart(await prompted(layout, new Float32Array(), new Float32Array()), features)).toBeLessThan(1e-5);
  });
});
