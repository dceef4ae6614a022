const startOfText = '<|startoftext|>';
const endOfText = '<|endoftext|>';

/** Words that the few merges put together, so that merging is exercised; all else is read byte by byte. */
const mergedWords = ['video', 'photo', 'person', 'doing', 'of', 'the', 'throw', 'run'];

/**
 * `tokenizer.json` and `tokenizer_config.json` of a byte-level BPE built as CLIP's: lower case, `</w>` at word ends,
 * start and end of text as the last two of `vocabularySize` ids (at least 560).
 */
export function clipTokenizer(vocabularySize: number): { tokenizer: object; tokenizerConfig: object } {
  const bytes = byteCharacters();
  const merges = mergedWords.flatMap(mergesOf);
  const tokens = [...bytes, ...bytes.map((character) => `${character}</w>`), ...new Set(merges.map(joined))];
  const startId = vocabularySize - 2;
  const endId = vocabularySize - 1;
  if (tokens.length > startId) throw new RangeError(`${tokens.length} tokens do not fit a vocabulary of ${startId}`);
  const special = (id: number, content: string) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [special(startId, startOfText), special(endId, endOfText)],
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
        {
          type: 'Split',
          pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
          behavior: 'Removed',
          invert: true,
        },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: {
      type: 'RobertaProcessing',
      sep: [endOfText, endId],
      cls: [startOfText, startId],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: endOfText,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      byte_fallback: false,
      vocab: Object.fromEntries([
        ...tokens.map((token, id) => [token, id]),
        [startOfText, startId],
        [endOfText, endId],
      ]),
      merges: [...new Set(merges.map((pair) => pair.join(' ')))],
    },
  };
  const tokenizerConfig = {
    tokenizer_class: 'CLIPTokenizer',
    model_max_length: 77,
    do_lower_case: true,
    bos_token: startOfText,
    eos_token: endOfText,
    unk_token: endOfText,
    pad_token: endOfText,
  };
  return { tokenizer, tokenizerConfig };
}

/** The printable character that stands for each byte in byte-level BPE, in GPT-2's order: printable bytes first. */
function byteCharacters(): string[] {
  const printable: number[] = [];
  for (let byte = 0; byte < 256; byte += 1) {
    if ((byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174) printable.push(byte);
  }
  const stoodFor = Array.from({ length: 256 - printable.length }, (_, index) => 256 + index);
  return [...printable, ...stoodFor].map((code) => String.fromCodePoint(code));
}

/** The merges that build a word from its letters, left to right. */
function mergesOf(word: string): [string, string][] {
  const letters = [...word.slice(0, -1), `${word.at(-1)}</w>`];
  const merges: [string, string][] = [];
  let left = letters[0]!;
  for (const letter of letters.slice(1)) {
    merges.push([left, letter]);
    left += letter;
  }
  return merges;
}

const joined = ([left, right]: readonly [string, string]): string => left + right;
