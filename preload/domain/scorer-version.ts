import { z } from 'zod';
import { heldOutScore } from './tuning.ts';

/**
 * `careful`: what scores encoded clips, held near the published weights. `cross-frame`: all that X-CLIP adds to CLIP.
 * `x-clip`: the published recipe, which trains the picture encoder too.
 */
export const scorerPresetId = z.enum(['careful', 'cross-frame', 'x-clip']);
export type ScorerPresetId = z.infer<typeof scorerPresetId>;

/** What one tuning of a scorer of clips left behind. */
export const scorerVersion = z.object({
  /** Name of its file in `tuned/scorer/`, without the extension; what the setting `scorerVersion` holds. */
  id: z.string().regex(/^[\w-]+$/),
  /** `Version 3` until somebody names it. */
  name: z.string().min(1).max(200),
  createdAt: z.int(),
  /** The scorer it was tuned for; it means nothing with another. */
  scorerModel: z.string(),
  preset: scorerPresetId,
  /** Accepted and background shots it was trained on. */
  shots: z.int().nonnegative(),
  heldOut: z.object({ tuned: heldOutScore, zeroShot: heldOutScore, current: heldOutScore }),
  /** The gate's decision and its reason in words. */
  passed: z.boolean(),
  reason: z.string(),
  estimatedSeconds: z.number().nonnegative(),
});
export type ScorerVersion = z.infer<typeof scorerVersion>;

/** A tuning of a scorer that has not begun because of how long it would take: it waits for a person's word. */
export const scorerQuestion = z.object({ preset: scorerPresetId, estimatedSeconds: z.number().nonnegative() });
export type ScorerQuestion = z.infer<typeof scorerQuestion>;
