import type { Split } from '#preload/domain/split.ts';

/** What the parts of a data set are called on screen. */
export const splitWords: Readonly<Record<Split, string>> = {
  train: 'Train',
  validation: 'Validation',
  test: 'Test',
};
