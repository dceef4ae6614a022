import { z } from 'zod';
import type { FailureValue } from './failure.ts';

/** A model of the hub that is worth a recommendation, as the library lists it. */
export const libraryModel = z.object({
  /** `owner/name` at the hub. */
  repository: z.string(),
  /** A branch, a tag or a commit. */
  revision: z.string(),
  /** As people read it. */
  title: z.string(),
  goodAt: z.string(),
  /** What a project uses it for: features of `frames`, or scores of whole `clips`. */
  use: z.enum(['frames', 'clips']),
  /** To be downloaded, about: the hub knows exactly. */
  megabytes: z.number().positive(),
  /** An SPDX identifier, or the licence's own name. */
  licence: z.string(),
  imageSize: z.int().positive(),
  /** Of one frame through its picture encoder, two a multiplication and addition. */
  gigaflops: z.number().positive(),
  /** What to fetch by hand where there is no network. */
  files: z.array(z.string()).min(1),
});
export type LibraryModel = z.infer<typeof libraryModel>;

/** A download that is not over: on its way, or stopped with what has arrived kept. */
export const modelDownload = z.object({
  repository: z.string(),
  revision: z.string(),
  /** `opening`: all is there, and the model is looked at and tried. `paused` is also what a restart leaves. */
  state: z.enum(['running', 'opening', 'paused', 'failed']),
  doneBytes: z.int().nonnegative(),
  /** Null until the hub has told. */
  totalBytes: z.int().nonnegative().nullable(),
  remainingS: z.number().nullable(),
  /** Why it stopped, where it failed. */
  failure: z.custom<FailureValue>().nullable(),
});
export type ModelDownload = z.infer<typeof modelDownload>;
