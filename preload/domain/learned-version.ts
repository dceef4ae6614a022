import { z } from 'zod';
import { told } from './saying.ts';

/** How well something tells corrections apart that it has not been trained on. */
const heldOutScore = z.object({
  count: z.int().nonnegative(),
  /** Share that is right, 0 to 1. */
  accuracy: z.number(),
  /** Mean −log probability of what is right. */
  logLoss: z.number(),
});

export const heldOutComparison = z.object({ tuned: heldOutScore, zeroShot: heldOutScore, current: heldOutScore });

/** What every version of a learned part says of itself, whatever its kind. Whether it is used is another question. */
export const learnedVersionFacts = z.object({
  id: z.int().positive(),
  /** `Version 3` until somebody names it. */
  name: z.string().min(1).max(200),
  createdAt: z.int(),
  /** The model it was learned for; it means nothing with another. */
  model: z.string(),
  /** The project that it was learned in, where that is another one; null for what was learned here. */
  origin: z.string().nullable().default(null),
  /** The gate's decision and its reason in words. */
  passed: z.boolean(),
  reason: told,
  /** It has a say now; at most one version of a kind has. */
  live: z.boolean(),
  /** False where it was learned for another model than the project uses now. */
  usable: z.boolean(),
});
