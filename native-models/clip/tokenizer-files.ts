import { clipTokenizerDefinition, endOfText, startOfText } from './tokenizer-definition.ts';

/**
 * `tokenizer.json` and `tokenizer_config.json` of a byte-level BPE built as CLIP's (lower case, `</w>` at word ends),
 * whose merges put together just the given words; every other text is read byte by byte. Start and end of text are the
 * last two ids. `vocabularySize` pads the vocabulary with unused ids; by default it is as small as can be.
 */
export function clipTokenizerFiles(
  words: readonly string[],
  vocabularySize?: number,
): { readonly tokenizer: object; readonly tokenizerConfig: object; readonly vocabularySize: number } {
  const bytes = byteCharacters();
  const merges = [...new Set(words.flatMap(mergesOf))];
  const tokens = [
    ...new Set([
      ...bytes,
      ...bytes.map((character) => `${character}</w>`),
      ...merges.map((pair) => pair.replace(' ', '')),
    ]),
  ];
  const size = vocabularySize ?? tokens.length + 2;
  if (tokens.length + 2 > size)
    throw new RangeError(`${tokens.length} tokens and two marks do not fit a vocabulary of ${size}`);
  const tokenizer = clipTokenizerDefinition({
    vocab: Object.fromEntries([
      ...tokens.map((token, id) => [token, id]),
      [startOfText, size - 2],
      [endOfText, size - 1],
    ]),
    merges,
    startId: size - 2,
    endId: size - 1,
  });
  const tokenizerConfig = {
    tokenizer_class: 'CLIPTokenizer',
    model_max_length: 77,
    do_lower_case: true,
    bos_token: startOfText,
    eos_token: endOfText,
    unk_token: endOfText,
    pad_token: endOfText,
  };
  return { tokenizer, tokenizerConfig, vocabularySize: size };
}

/** The printable character that stands for each byte in byte-level BPE, in GPT-2's order: printable bytes first. */
export function byteCharacters(): string[] {
  const printable: number[] = [];
  for (let byte = 0; byte < 256; byte += 1) {
    if ((byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174) printable.push(byte);
  }
  const stoodFor = Array.from({ length: 256 - printable.length }, (_, index) => 256 + index);
  return [...printable, ...stoodFor].map((code) => String.fromCodePoint(code));
}

/** The merges that build a word from its letters, left to right. */
function mergesOf(word: string): string[] {
  const letters = [...word.slice(0, -1), `${word.at(-1)}</w>`];
  const merges: string[] = [];
  let left = letters[0]!;
  for (const letter of letters.slice(1)) {
    merges.push(`${left} ${letter}`);
    left += letter;
  }
  return merges;
}
