import { clipTokenizerFiles } from '#native-models/clip/tokenizer-files.ts';

/** Few tokens, so that texts cost next to nothing. */
export const tinyVocabularySize = 640;

/** Words that the merges put together, so that merging is exercised; all else is read byte by byte. */
const mergedWords = ['video', 'photo', 'person', 'doing', 'of', 'the', 'throw', 'run'];

/** CLIP's tokenizer with a vocabulary of `tinyVocabularySize`, by the names of its files. */
export function tinyTokenizerFiles(): Readonly<Record<string, object>> {
  const { tokenizer, tokenizerConfig } = clipTokenizerFiles(mergedWords, tinyVocabularySize);
  return { 'tokenizer.json': tokenizer, 'tokenizer_config.json': tokenizerConfig };
}
