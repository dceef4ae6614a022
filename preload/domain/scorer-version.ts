import { z } from 'zod';
import { heldOutComparison, learnedVersionFacts } from './learned-version.ts';

/**
 * `careful`: what scores encoded clips, held near the published weights. `cross-frame`: all that X-CLIP adds to CLIP.
 * `x-clip`: the published recipe, which trains the picture encoder too.
 */
export const scorerPresetId = z.enum(['careful', 'cross-frame', 'x-clip']);
export type ScorerPresetId = z.infer<typeof scorerPresetId>;

/** What one tuning of a scorer of clips left behind. */
export const scorerVersion = learnedVersionFacts.extend({
  kind: z.literal('scorer'),
  heldOut: heldOutComparison,
  preset: scorerPresetId,
  /** Accepted and background shots it was trained on. */
  shots: z.int().nonnegative(),
  estimatedSeconds: z.number().nonnegative(),
});
export type ScorerVersion = z.infer<typeof scorerVersion>;

/** A tuning of a scorer that has not begun because of how long it would take: it waits for a person's word. */
export const scorerQuestion = z.object({ preset: scorerPresetId, estimatedSeconds: z.number().nonnegative() });
export type ScorerQuestion = z.infer<typeof scorerQuestion>;
