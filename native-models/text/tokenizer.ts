import { existsSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { budgets } from '#preload/domain/budgets.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { parseJson, readText } from '../checkpoint/checkpoint.ts';
import { unreadable } from '../checkpoint/safetensors.ts';
import { clipTokenizerDefinition, endOfText, startOfText } from '../clip/tokenizer-definition.ts';
import { withinTime } from './within-time.ts';

export interface EncodedText {
  /** The words between the marks: at most `contextLength` ids, unpadded. */
  readonly ids: readonly number[];
  /** True where the text was longer than the model reads; its end is cut off, the end mark kept. */
  readonly truncated: boolean;
}

/** A model's own tokenizer. */
export interface TextTokenizer {
  /** Null where texts begin with their first word. */
  readonly startOfText: number | null;
  readonly endOfText: number;
  /** What its own files fill texts up with; null where they do not say. */
  readonly padding: number | null;
  encode(text: string): EncodedText;
  /** The ids of the words alone, without marks, however many. */
  words(text: string): readonly number[];
}

/** How a model's texts are framed, where that is not between two marks. */
export interface TextFrame {
  /** Whether a mark stands before the words. */
  readonly beginsWithMark: boolean;
  /** What is done to a text before the tokenizer reads it. */
  readonly prepare?: (text: string) => string;
  /** Tokens of the model's table: a tokenizer with more is another model's. */
  readonly vocabularySize: number;
}

/**
 * The tokenizer of a model folder: `tokenizer.json`, or one built from `vocab.json` and `merges.txt`. Null where the
 * folder has neither. Fails with 'unreadable-model' where the files are there but cannot be used, or are of another model.
 */
export function readTokenizer(folder: string, contextLength: number, frame: TextFrame): TextTokenizer | null {
  const file = path.join(folder, 'tokenizer.json');
  const vocabFile = path.join(folder, 'vocab.json');
  const mergesFile = path.join(folder, 'merges.txt');
  let definition: unknown;
  if (existsSync(file)) definition = parseJson(file);
  else if (existsSync(vocabFile) && existsSync(mergesFile)) definition = definitionOf(vocabFile, mergesFile);
  else return null;
  const entries = entriesOf(definition);
  if (entries > budgets.tokenizerEntries)
    throw unreadable(
      file,
      say('has {{entries}} tokens or merges, more than the {{tokenizerEntries}} that are read', {
        entries,
        tokenizerEntries: budgets.tokenizerEntries,
      }),
    );

  const configFile = path.join(folder, 'tokenizer_config.json');
  const config = existsSync(configFile) ? parseJson(configFile) : {};
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(definition as object, config as object);
  } catch (cause) {
    throw unreadable(file, say('is not a tokenizer that can be used'), undefined, cause);
  }
  const tokensOf = (text: string): readonly number[] => {
    // Its patterns come with the model, from whoever made it.
    const read = withinTime(budgets.tokenizingMs, () => tokenizer.encode(text).ids);
    if (read === null) throw unreadable(file, say('has a pattern that does not come to an end'));
    return read.result;
  };
  const marks = tokensOf('');
  const expected = frame.beginsWithMark ? 2 : 1;
  if (marks.length !== expected) {
    throw unreadable(
      file,
      frame.beginsWithMark
        ? say('does not put a text between a start and an end mark, as this model needs: it belongs to another model')
        : say('does not put a text before an end mark, as this model needs: it belongs to another model'),
    );
  }
  const largest = Math.max(...marks, largestId(definition));
  if (largest >= frame.vocabularySize) {
    throw unreadable(
      file,
      say('has tokens up to number {{largest}}, and the model knows {{vocabularySize}}: it belongs to another model', {
        largest,
        vocabularySize: frame.vocabularySize,
      }),
    );
  }
  const end = marks.at(-1)!;
  const prepare = frame.prepare ?? ((text) => text);
  const read = (text: string): readonly number[] => tokensOf(prepare(text));
  return {
    startOfText: frame.beginsWithMark ? marks[0]! : null,
    endOfText: end,
    padding: paddingOf(tokenizer, config),
    encode(text) {
      const ids = read(text);
      const truncated = ids.length > contextLength;
      return { ids: truncated ? [...ids.slice(0, contextLength - 1), end] : ids, truncated };
    },
    words: (text) => read(text).slice(frame.beginsWithMark ? 1 : 0, -1),
  };
}

/** The failure of everything that needs words where the folder has no tokenizer. */
export const noTokenizer = (folder: string): Failure =>
  new Failure(
    'unreadable-model',
    say(
      "{{folder}} has no tokenizer.json (nor vocab.json with merges.txt), so it cannot read texts; copy the model's tokenizer files into it.",
      { folder },
    ),
  );

const paddingSchema = z.object({
  pad_token: z.union([z.string(), z.object({ content: z.string() }).transform(({ content }) => content)]),
});

function paddingOf(tokenizer: Tokenizer, config: unknown): number | null {
  const token = paddingSchema.safeParse(config).data?.pad_token;
  return token === undefined ? null : (tokenizer.token_to_id(token) ?? null);
}

const vocabularySchema = z.object({
  model: z.object({ vocab: z.union([z.record(z.string(), z.number()), z.array(z.unknown())]) }),
});

const listsSchema = z.object({
  model: z.object({ vocab: z.unknown(), merges: z.unknown() }).partial(),
});

/** How many tokens or merges a definition has, of whichever there are more; each takes memory when it is read. */
function entriesOf(definition: unknown): number {
  const { vocab, merges } = listsSchema.safeParse(definition).data?.model ?? {};
  return Math.max(...[vocab, merges].map((list) => Object.keys((list as object | null | undefined) ?? {}).length));
}

/** The largest id of a definition's vocabulary: a table of ids, or a list of pieces. */
function largestId(definition: unknown): number {
  const vocab = vocabularySchema.safeParse(definition).data?.model.vocab ?? [];
  if (Array.isArray(vocab)) return vocab.length - 1;
  return Object.values(vocab).reduce((most, id) => Math.max(most, id), 0);
}

/** The definition that the two older files stand for. */
function definitionOf(vocabFile: string, mergesFile: string): object {
  const vocab = parseJson(vocabFile) as Record<string, number>;
  const [startId, endId] = [vocab[startOfText], vocab[endOfText]];
  if (typeof startId !== 'number' || typeof endId !== 'number')
    throw unreadable(vocabFile, say('has no {{startOfText}} or no {{endOfText}}', { startOfText, endOfText }));
  // Published merge lists go on beyond what the vocabulary was cut to; the first line is a version comment.
  const merges = readText(mergesFile)
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#version') && vocab[line.replace(' ', '')] !== undefined);
  return clipTokenizerDefinition({ vocab, merges, startId, endId });
}
