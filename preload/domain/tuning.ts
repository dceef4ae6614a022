import { z } from 'zod';

/** `quick`: prompt vectors before the name. `full`: before and after it, and time. `efficient-prompt`: as published. */
export const tuningPresetId = z.enum(['quick', 'full', 'efficient-prompt']);
export type TuningPresetId = z.infer<typeof tuningPresetId>;

/** How well something tells corrections apart that it has not been trained on. */
export const heldOutScore = z.object({
  count: z.int().nonnegative(),
  /** Share that is right, 0 to 1. */
  accuracy: z.number(),
  /** Mean −log probability of what is right. */
  logLoss: z.number(),
});

/** One point of a training's curve. */
export const tuningPoint = z.object({
  /** `held-out 2 of 5`, or `run 1 of 3`. */
  run: z.string(),
  step: z.int(),
  loss: z.number(),
});
export type TuningPoint = z.infer<typeof tuningPoint>;

/** What one tuning left behind: whether it is used is another question, which the gate or a person decides. */
export const tunedVersion = z.object({
  id: z.int().positive(),
  /** `Version 3` until somebody names it. */
  name: z.string().min(1).max(200),
  createdAt: z.int(),
  /** The model it was tuned for; it means nothing with another. */
  model: z.string(),
  preset: tuningPresetId,
  seed: z.int(),
  /** Accepted shots it was trained on, by class, and shots of background. */
  shots: z.array(z.object({ classId: z.int(), count: z.int() })),
  backgroundShots: z.int().nonnegative(),
  videoCount: z.int().nonnegative(),
  heldOut: z.object({ tuned: heldOutScore, zeroShot: heldOutScore, current: heldOutScore }),
  /** The gate's decision and its reason in words. */
  passed: z.boolean(),
  reason: z.string(),
  /** Which learned parts it holds. */
  parts: z.object({ prompts: z.boolean(), temporal: z.boolean(), boundaries: z.boolean() }),
  live: z.boolean(),
  /** False where it was tuned for another model than the project uses now. */
  usable: z.boolean(),
});
export type TunedVersion = z.infer<typeof tunedVersion>;
