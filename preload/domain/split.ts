import { z } from 'zod';

/** The part of the data set that a video belongs to. Learning sees `train` and videos of no part; never the others. */
export const split = z.enum(['train', 'validation', 'test']);
export type Split = z.infer<typeof split>;

export const videoSplit = z.object({ videoId: z.int().positive(), split });
export type VideoSplit = z.infer<typeof videoSplit>;

/** What data sets call their parts. */
const spellings: Readonly<Record<Split, readonly string[]>> = {
  train: ['train', 'training', 'trainval'],
  validation: ['validation', 'validate', 'val', 'valid', 'dev'],
  test: ['test', 'testing'],
};

/** The part that a data set's word means; null for another word. */
export const splitOf = (word: string): Split | null =>
  split.options.find((one) => spellings[one].includes(word.trim().toLowerCase())) ?? null;
