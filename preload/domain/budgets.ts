/** What inputs may ask for. Each is far above what honest ones need; what is above it is refused in words. */
export const budgets = {
  /** Bytes of a file of annotations that is read as one text. */
  textBytes: 2 ** 29 - 2 ** 24,
  /** Rows of annotations that one import brings. */
  rows: 5_000_000,
  /** Memory for reading annotations, in MiB: their objects before they are packed. */
  readingMib: 3072,
  /** Bytes of what describes an exported version. */
  descriptionBytes: 2 ** 24,
  /** Bytes of a text file of a model: its settings, its tokenizer. */
  modelTextBytes: 2 ** 28,
  /** Bytes of the header of a file of weights: a hundred thousand tensors. */
  weightsHeaderBytes: 2 ** 24,
  /** Bytes of one array of features: four days of video, four pictures a second. */
  arrayBytes: 2 ** 32,
  /** So long a step of reading annotations may take without a sign, in milliseconds. */
  readingSilenceMs: 60_000,
  /** Tokens, or merges, of a tokenizer: the largest multilingual ones have some 900,000. */
  tokenizerEntries: 1_000_000,
  /** So long a model's own patterns may take over one text, in milliseconds. */
  tokenizingMs: 5000,
  /** So long the engine may read media without a sign, in milliseconds. */
  mediaSilenceMs: 60_000,
  /** So long it may load a model or compute with it at one go. */
  modelSilenceMs: 300_000,
} as const;
