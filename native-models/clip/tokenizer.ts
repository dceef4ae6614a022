import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { Failure } from '#preload/domain/failure.ts';
import { parseJson } from '../checkpoint/checkpoint.ts';
import { unreadable } from '../checkpoint/safetensors.ts';
import { clipTokenizerDefinition, endOfText, startOfText } from './tokenizer-definition.ts';

export interface EncodedText {
  /** Start of text, the words, end of text: at most `contextLength` ids, unpadded. */
  readonly ids: readonly number[];
  /** True where the text was longer than the model reads; its end is cut off, the end-of-text token kept. */
  readonly truncated: boolean;
}

/** A model's own tokenizer. */
export interface ClipTokenizer {
  readonly startOfText: number;
  readonly endOfText: number;
  encode(text: string): EncodedText;
}

/**
 * The tokenizer of a model folder: `tokenizer.json`, or one built from `vocab.json` and `merges.txt`. Null where the
 * folder has neither. Fails with 'unreadable-model' where the files are there but cannot be used.
 */
export function readClipTokenizer(folder: string, contextLength: number): ClipTokenizer | null {
  const file = path.join(folder, 'tokenizer.json');
  const vocabFile = path.join(folder, 'vocab.json');
  const mergesFile = path.join(folder, 'merges.txt');
  let definition: unknown;
  if (existsSync(file)) definition = parseJson(file);
  else if (existsSync(vocabFile) && existsSync(mergesFile)) definition = definitionOf(vocabFile, mergesFile);
  else return null;

  const configFile = path.join(folder, 'tokenizer_config.json');
  const config = existsSync(configFile) ? parseJson(configFile) : {};
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(definition as object, config as object);
  } catch (cause) {
    throw unreadable(file, 'is not a tokenizer that can be used', undefined, cause);
  }
  const [start, end, ...more] = tokenizer.encode('').ids;
  if (start === undefined || end === undefined || more.length > 0) {
    throw unreadable(file, 'does not put a text between a start and an end token, as CLIP needs');
  }
  return {
    startOfText: start,
    endOfText: end,
    encode(text) {
      const { ids } = tokenizer.encode(text);
      const truncated = ids.length > contextLength;
      return { ids: truncated ? [...ids.slice(0, contextLength - 1), end] : ids, truncated };
    },
  };
}

/** The failure of everything that needs words where the folder has no tokenizer. */
export const noTokenizer = (folder: string): Failure =>
  new Failure(
    'unreadable-model',
    `${folder} has no tokenizer.json (nor vocab.json with merges.txt), so it cannot read texts; copy the model's tokenizer files into it.`,
  );

/** The definition that the two older files stand for. */
function definitionOf(vocabFile: string, mergesFile: string): object {
  const vocab = parseJson(vocabFile) as Record<string, number>;
  const [startId, endId] = [vocab[startOfText], vocab[endOfText]];
  if (typeof startId !== 'number' || typeof endId !== 'number')
    throw unreadable(vocabFile, `has no ${startOfText} or no ${endOfText}`);
  // Published merge lists go on beyond what the vocabulary was cut to; the first line is a version comment.
  const merges = readFileSync(mergesFile, 'utf8')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#version') && vocab[line.replace(' ', '')] !== undefined);
  return clipTokenizerDefinition({ vocab, merges, startId, endId });
}
