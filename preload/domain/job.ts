import { z } from 'zod';
import { failureCodes } from './failure.ts';
import { told, saying } from './saying.ts';

/**
 * `import`: checksum, frame table and thumbnail of a file. `read-again`: the same of a video that is there, read
 * otherwise, its labels carried over. `proxy`: a file the player can show. `embed`: frame
 * features. `propose`: features where missing, then both stages of localisation. `rescore`: the same from stored
 * features alone, after the classes changed. `tune`: prompts learned from the corrections. `recording`: columns of a
 * sensor's table. `measure`: how good proposals are on videos that nothing was learned from. `export`: clips, pictures or
 * features into a folder.
 */
export const jobKind = z.enum([
  'import',
  'read-again',
  'proxy',
  'embed',
  'propose',
  'rescore',
  'tune',
  'tune-scorer',
  'recording',
  'measure',
  'export',
]);
export type JobKind = z.infer<typeof jobKind>;

export const jobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);

export const failureValue = z.object({
  code: z.enum(failureCodes),
  message: z.string(),
  said: saying.optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** Long work as a row: it survives a restart, can be cancelled, and is taken up where it stopped. */
export const job = z.object({
  id: z.int().positive(),
  kind: jobKind,
  /** What a person reads: "Add IMG_0042.mov". */
  title: told,
  videoId: z.int().positive().nullable(),
  state: jobState,
  /** 0 to 1. */
  progress: z.number(),
  /** What it is doing: "encoding frame 400 of 1200"; empty when it is not running. */
  step: told,
  /** Estimated seconds left; null where nothing can be said yet. */
  remainingS: z.number().nullable(),
  failure: failureValue.nullable(),
  /** What a finished job has to say that is not a failure: "3 damaged packets skipped". */
  notes: z.array(told),
  createdAt: z.int(),
  finishedAt: z.int().nullable(),
});
export type Job = z.infer<typeof job>;
