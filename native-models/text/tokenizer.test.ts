// Protects: texts become the tokens the model was trained with.
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeModelFiles } from '#e2e/models/write-model-files.ts';
import { clipTokenizerDefinition, endOfText, startOfText } from '../clip/tokenizer-definition.ts';
import type { ClipVocabulary } from '../clip/tokenizer-definition.ts';
import { byteCharacters } from '../clip/tokenizer-files.ts';
import { readTokenizer, type TextTokenizer } from './tokenizer.ts';

interface GoldenCase {
  readonly text: string;
  readonly ids: readonly number[];
  readonly truncated: boolean;
}

const clip = { beginsWithMark: true, vocabularySize: 49408 };
const fixture = (file: string): string => path.join(import.meta.dirname, '../fixtures/openai-clip-tokenizer', file);
const cases = JSON.parse(readFileSync(fixture('golden-tokens.json'), 'utf8')) as readonly GoldenCase[];
const isEscaped = ({ text }: GoldenCase): boolean => text.includes('&');

function expectGoldenTokens(tokenizer: TextTokenizer): void {
  const plain = cases.filter((one) => !isEscaped(one));
  expect(plain.length).toBeGreaterThan(10);
  expect(plain.map(({ text }) => ({ text, ...tokenizer.encode(text) }))).toEqual(
    plain.map(({ text, ids, truncated }) => ({ text, ids: [49406, ...ids.slice(0, 75), 49407], truncated })),
  );
}

/** Every token of OpenAI's CLIP follows from its merges. */
function openAiVocabulary(): ClipVocabulary {
  const merges = readFileSync(fixture('merges.txt'), 'utf8').split('\n').slice(1).filter(Boolean);
  const bytes = byteCharacters();
  const words = [...bytes, ...bytes.map((byte) => `${byte}</w>`), ...merges.map((merge) => merge.replace(' ', ''))];
  const vocab = Object.fromEntries([...words, startOfText, endOfText].map((token, id) => [token, id]));
  return { vocab, merges, startId: words.length, endId: words.length + 1 };
}

describe('the tokenizer of OpenAI CLIP', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokenizer-'));
  let tokenizer: TextTokenizer;
  beforeAll(() => {
    copyFileSync(fixture('merges.txt'), path.join(folder, 'merges.txt'));
    writeModelFiles(folder, { 'vocab.json': openAiVocabulary().vocab });
    tokenizer = readTokenizer(folder, 77, clip)!;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('vocab.json and merges.txt: every plain text gives the reference tokens', () => {
    expectGoldenTokens(tokenizer);
  });

  test('tokenizer.json, two megabytes of the same: so does it', () => {
    const whole = path.join(folder, 'whole');
    writeModelFiles(whole, { 'tokenizer.json': clipTokenizerDefinition(openAiVocabulary()) });
    expectGoldenTokens(readTokenizer(whole, 77, clip)!);
  });

  test('a pattern that would take for ever over a text is refused in words', () => {
    const hostile = path.join(folder, 'hostile');
    const definition = clipTokenizerDefinition(openAiVocabulary()) as { pre_tokenizer?: unknown };
    definition.pre_tokenizer = { type: 'Split', pattern: { Regex: '(a+)+b' }, behavior: 'Isolated', invert: false };
    writeModelFiles(hostile, { 'tokenizer.json': definition });
    const read = readTokenizer(hostile, 77, clip)!;
    expect(() => read.encode('a'.repeat(60))).toThrow(/tokenizer\.json has a pattern that does not come to an end/u);
    expect(read.encode('a b').ids.length).toBeGreaterThan(0);
  });

  test('more merges than any model has are refused before they are put to use', () => {
    const huge = path.join(folder, 'huge');
    const { vocab, merges, ...ends } = openAiVocabulary();
    const many = Array.from({ length: 1_000_001 }, (_, index) => merges[index % merges.length]!);
    writeModelFiles(huge, { 'tokenizer.json': clipTokenizerDefinition({ vocab, merges: many, ...ends }) });
    expect(() => readTokenizer(huge, 77, clip)).toThrow(/has 1,000,001 tokens or merges, more than the 1,000,000/u);
  });

  test("OpenAI's own tokenizer undoes HTML escapes, Hugging Face's does not: we follow the model's files", () => {
    const escaped = cases.find(isEscaped)!;
    const { ids } = tokenizer.encode(escaped.text);
    expect(ids).not.toEqual([49406, ...escaped.ids, 49407]);
    expect(tokenizer.encode('& html <b>').ids).toEqual([49406, ...escaped.ids, 49407]);
  });

  test('the two ends are known; a text of exactly 77 tokens is whole, one more is cut with its end kept', () => {
    expect([tokenizer.startOfText, tokenizer.endOfText]).toEqual([49406, 49407]);
    const whole = tokenizer.encode(Array(75).fill('cat').join(' '));
    const cut = tokenizer.encode(Array(76).fill('cat').join(' '));
    expect(whole).toMatchObject({ truncated: false });
    expect(cut).toEqual({ ids: whole.ids, truncated: true });
  });
});

test('a folder without tokenizer files has no tokenizer', () => {
  expect(readTokenizer(import.meta.dirname, 77, clip)).toBeNull();
});
