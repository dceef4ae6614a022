/**
 * what a file of annotations may ask for, checked before anything is allocated for it. Each is far
 * above what honest ones need; what is above it is refused in words.
 */
export const budgets = {
  /** Bytes of a file of annotations that is read as one text. */
  textBytes: 2 ** 29 - 2 ** 24,
  /** Rows of annotations that one import brings. */
  rows: 5_000_000,
  /** Memory for reading annotations, in MiB: their objects before they are packed. */
  readingMib: 3072,
  /** So long a step of reading annotations may take without a sign, in milliseconds. */
  readingSilenceMs: 60_000,
} as const;
