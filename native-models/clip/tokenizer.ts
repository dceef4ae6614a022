import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { Failure } from '#preload/domain/failure.ts';
import { parseJson } from '../checkpoint/checkpoint.ts';
import { unreadable } from '../checkpoint/safetensors.ts';

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
  else if (existsSync(vocabFile) && existsSync(mergesFile)) definition = clipTokenizerDefinition(vocabFile, mergesFile);
  else return null;

  const configFile = path.join(folder, 'tokenizer_config.json');
  const config = existsSync(configFile) ? parseJson(configFile) : {};
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(definition as object, config as object);
  } catch (cause) {
    throw unreadable(file, 'is not a tokenizer that can be used', undefined, cause);
  }
  const [startOfText, endOfText, ...more] = tokenizer.encode('').ids;
  if (startOfText === undefined || endOfText === undefined || more.length > 0) {
    throw unreadable(file, 'does not put a text between a start and an end token, as CLIP needs');
  }
  return {
    startOfText,
    endOfText,
    encode(text) {
      const { ids } = tokenizer.encode(text);
      const truncated = ids.length > contextLength;
      return { ids: truncated ? [...ids.slice(0, contextLength - 1), endOfText] : ids, truncated };
    },
  };
}

/** The failure of everything that needs words where the folder has no tokenizer. */
export const noTokenizer = (folder: string): Failure =>
  new Failure(
    'unreadable-model',
    `${folder} has no tokenizer.json (nor vocab.json with merges.txt), so it cannot read texts; copy the model's tokenizer files into it.`,
  );

const startToken = '<|startoftext|>';
const endToken = '<|endoftext|>';

/** CLIP's byte-level BPE (openai/CLIP simple_tokenizer.py) as a `tokenizer.json`, from the two older files. */
function clipTokenizerDefinition(vocabFile: string, mergesFile: string): object {
  const vocab = parseJson(vocabFile) as Record<string, number>;
  const [start, end] = [vocab[startToken], vocab[endToken]];
  if (typeof start !== 'number' || typeof end !== 'number')
    throw unreadable(vocabFile, `has no ${startToken} or no ${endToken}`);
  // Published merge lists go on beyond what the vocabulary was cut to; the first line is a version comment.
  const merges = readFileSync(mergesFile, 'utf8')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#version') && vocab[line.replace(' ', '')] !== undefined);
  const special = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  const pieces = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
  return {
    version: '1.0',
    added_tokens: [
      { id: start, content: startToken, ...special },
      { id: end, content: endToken, ...special },
    ],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: pieces }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: {
      type: 'RobertaProcessing',
      sep: [endToken, end],
      cls: [startToken, start],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      unk_token: endToken,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      vocab,
      merges,
    },
  };
}
