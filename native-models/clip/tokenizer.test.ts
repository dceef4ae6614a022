// Protects: texts become the tokens the model was trained with.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedSample, sharedSamples } from '#e2e/shared-samples.ts';
import { readClipTokenizer, type ClipTokenizer } from './tokenizer.ts';

interface GoldenCase {
  readonly text: string;
  readonly ids: readonly number[];
  readonly truncated: boolean;
}

if (sharedSamples === null) console.warn('tokenizer tests skipped: the shared samples are not beside this checkout');

describe.skipIf(sharedSamples === null)('the tokenizer of OpenAI CLIP', () => {
  let older: string;
  const tokenizers: Record<string, ClipTokenizer> = {};
  beforeAll(() => {
    older = mkdtempSync(path.join(tmpdir(), 'tokenizer-'));
    copyFileSync(sharedSample('clip-tokenizer', 'vocab.json'), path.join(older, 'vocab.json'));
    symlinkSync(sharedSample('clip-tokenizer', 'merges.txt'), path.join(older, 'merges.txt'));
    tokenizers['tokenizer.json'] = readClipTokenizer(sharedSample('clip-tokenizer'), 77)!;
    tokenizers['vocab.json + merges.txt'] = readClipTokenizer(older, 77)!;
  });
  afterAll(() => rmSync(older, { recursive: true }));

  const cases = (): GoldenCase[] =>
    JSON.parse(readFileSync(sharedSample('clip-tokenizer', 'golden_tokens.json'), 'utf8')).cases;
  const isEscaped = ({ text }: GoldenCase): boolean => text.includes('&');

  test.each(['tokenizer.json', 'vocab.json + merges.txt'])(
    '%s: every plain text gives the reference tokens',
    (files) => {
      const plain = cases().filter((one) => !isEscaped(one));
      const ours = plain.map(({ text }) => ({ text, ...tokenizers[files]!.encode(text) }));
      expect(ours).toEqual(
        plain.map(({ text, ids, truncated }) => ({ text, ids: [49406, ...ids.slice(0, 75), 49407], truncated })),
      );
    },
  );

  test("OpenAI's own tokenizer undoes HTML escapes, Hugging Face's does not: we follow the model's files", () => {
    const escaped = cases().find(isEscaped)!;
    const { ids } = tokenizers['tokenizer.json']!.encode(escaped.text);
    expect(ids).not.toEqual([49406, ...escaped.ids, 49407]);
    expect(tokenizers['tokenizer.json']!.encode('& html <b>').ids).toEqual([49406, ...escaped.ids, 49407]);
  });

  test('the two ends are known; a text of exactly 77 tokens is whole, one more is cut with its end kept', () => {
    const tokenizer = tokenizers['tokenizer.json']!;
    expect([tokenizer.startOfText, tokenizer.endOfText]).toEqual([49406, 49407]);
    const whole = tokenizer.encode(Array(75).fill('cat').join(' '));
    const cut = tokenizer.encode(Array(76).fill('cat').join(' '));
    expect(whole).toMatchObject({ truncated: false });
    expect(cut).toEqual({ ids: whole.ids, truncated: true });
  });
});

test('a folder without tokenizer files has no tokenizer', () => {
  expect(readClipTokenizer(import.meta.dirname, 77)).toBeNull();
});
