import { oc } from '@orpc/contract';
import { saying, told } from '../domain/saying.ts';
import { z } from 'zod';
import { clipQuestion, measuredOn, quality as found, qualityClip } from '../domain/quality.ts';

const state = z.object({
  on: measuredOn,
  /** Videos that count: reviewed as complete for every class, with nothing ambiguous; and all videos of the part. */
  complete: z.int(),
  videos: z.int(),
  /** Why it cannot be measured now; null where it can. */
  obstacle: told.nullable(),
  /** The queued or running measurement. */
  jobId: z.int().nullable(),
  /** The last one; null while there is none. */
  measured: z
    .object({
      measuredAt: z.number(),
      /** Whether what it depends on is as it was. */
      isCurrent: z.boolean(),
      /** Edits made since that stand. */
      editsSince: z.int(),
    })
    .nullable(),
});
export type QualityState = z.infer<typeof state>;

/** One score from which proposals are shown; the project's where it is left out. */
const threshold = z.number().min(0).max(1).optional();

/** How good the project's proposals are, on videos that a person has reviewed to the end. */
export const quality = {
  /** For each of what it may be measured on. */
  status: oc.output(z.object({ states: z.array(state), problem: saying.nullable() })),
  /** Queues a measurement, or answers the one that waits or runs. Fails with `nothing-to-do` while there is an obstacle. */
  measure: oc.input(z.object({ on: measuredOn })).output(z.object({ jobId: z.int() })),
  /** The last measurement; null while there is none. */
  numbers: oc.input(z.object({ on: measuredOn, threshold })).output(found.nullable()),
  /** The clips behind one of its numbers: of all, the first five hundred by video and time. */
  clips: oc
    .input(z.object({ on: measuredOn, threshold, question: clipQuestion }))
    .output(z.object({ total: z.int(), clips: z.array(qualityClip) })),
};
