export const startOfText = '<|startoftext|>';
export const endOfText = '<|endoftext|>';

/** What one of CLIP's tokenizers has of its own; all else is the same for all. */
export interface ClipVocabulary {
  /** Ids by token, the two marks among them. */
  readonly vocab: Readonly<Record<string, number>>;
  /** Pairs that are put together, `left right`, first come first. */
  readonly merges: readonly string[];
  readonly startId: number;
  readonly endId: number;
}

/** CLIP's byte-level BPE (openai/CLIP simple_tokenizer.py) as a `tokenizer.json`. */
export function clipTokenizerDefinition({ vocab, merges, startId, endId }: ClipVocabulary): object {
  const special = (id: number, content: string) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  return {
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
      vocab,
      merges,
    },
  };
}
