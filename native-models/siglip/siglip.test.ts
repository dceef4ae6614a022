// Protects: SigLIP's texts (no start mark, lower case, padding that is seen) give features that do not depend on their
// batch; what its answers are scaled and shifted by is known; files that contradict each other are refused in words.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeModelFiles } from '#e2e/models/write-model-files.ts';
import { clipTokenizerFiles } from '../clip/tokenizer-files.ts';
import type { ImageTextModel } from '../image-text-model.ts';
import { openModel } from '../open-model.ts';

const fixture = path.join(import.meta.dirname, '..', 'fixtures', 'siglip');
const cpu = { provider: 'cpu', threads: 1 } as const;

/** A SentencePiece model as published SigLIPs have: pieces with scores, `</s>` after a text and as its padding. */
function unigram(pieces: readonly string[]) {
  const vocab = [['<unk>', 0], ['</s>', 0], ...pieces.map((piece) => [piece, -piece.length / 10])];
  const special = (id: number, content: string) => ({ id, content, special: true, normalized: false });
  return {
    version: '1.0',
    added_tokens: [special(0, '<unk>'), special(1, '</s>')],
    normalizer: null,
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }],
      pair: [],
      special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } },
    },
    decoder: null,
    model: { type: 'Unigram', unk_id: 0, vocab },
  };
}

const words = ['▁run', '▁jump', '▁a', '▁person', '▁throw'];
let folder: string;
let model: ImageTextModel;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'siglip-'));
  cpSync(fixture, folder, { recursive: true });
  writeModelFiles(folder, {
    'tokenizer.json': unigram(words),
    'tokenizer_config.json': { tokenizer_class: 'SiglipTokenizer', pad_token: '</s>', eos_token: '</s>' },
  });
  model = await openModel(folder, cpu);
});
afterAll(async () => {
  await model[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

describe('an opened SigLIP folder', () => {
  test('tells what it is, and what makes probabilities of its cosines', () => {
    expect(model).toMatchObject({ kind: 'SigLIP', dim: 48, contextLength: 16 });
    expect(model.capabilities).toMatchObject({ embedsFrames: true, embedsTexts: true, takesPromptVectors: true });
    expect(model.logitScale).toBeGreaterThan(0);
    expect(model.logitBias).not.toBeNull();
    expect(model.preprocessing).toMatchObject({ resize: 'squash', size: 32, mean: [0.5, 0.5, 0.5] });
  });

  test('reads words without a start mark, whatever their case and punctuation', () => {
    const { tokenizer } = model.encoder!;
    expect(tokenizer!.startOfText).toBeNull();
    expect(tokenizer!.encode('A person, RUN!').ids).toEqual([4, 5, 2, 1]);
    expect(tokenizer!.words('a person run')).toEqual([4, 5, 2]);
    expect(model.readText('run '.repeat(40))).toEqual({ tokens: 16, truncated: true });
  });

  test('a text has the same features alone and among others', async () => {
    const together = await model.encodeTexts(['run', 'a person jump', 'throw a person run']);
    const alone = await model.encodeTexts(['run']);
    alone.forEach((value, at) => expect(value).toBeCloseTo(together[at]!, 5));
    expect(Math.hypot(...alone)).toBeCloseTo(1, 5);
  });
});

describe('a folder whose files do not belong together', () => {
  const other = mkdtempSync(path.join(tmpdir(), 'siglip-'));
  const refuse = async (change: () => void, reason: RegExp): Promise<void> => {
    cpSync(fixture, other, { recursive: true });
    change();
    await expect(openModel(other, cpu)).rejects.toMatchObject({
      code: 'unreadable-model',
      message: expect.stringMatching(reason),
    });
  };
  const config = (change: (config: { text_config: object; vision_config: object }) => void) => () => {
    const file = path.join(other, 'config.json');
    const value = JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof change>[0];
    change(value);
    writeFileSync(file, JSON.stringify(value));
  };
  afterAll(() => rmSync(other, { recursive: true }));

  test('towers whose widths disagree', () =>
    refuse(
      config(({ text_config: text }) => Object.assign(text, { projection_size: 40 })),
      /text_config\.projection_size: .*another number/,
    ));
  test('a width that does not divide into its heads', () =>
    refuse(
      config(({ vision_config: vision }) => Object.assign(vision, { num_attention_heads: 5 })),
      /vision_config\.num_attention_heads: a width of 48 does not divide into 5 heads/,
    ));
  test("another model's tokenizer, by its marks", () =>
    refuse(
      () => writeModelFiles(other, { 'tokenizer.json': clipTokenizerFiles(['run']).tokenizer }),
      /belongs to another model/,
    ));
  test("another model's tokenizer, by its size", () =>
    refuse(
      () => writeModelFiles(other, { 'tokenizer.json': unigram(Array.from({ length: 400 }, (_, at) => `▁word${at}`)) }),
      /tokens up to number 401, and the model knows 300/,
    ));
});
