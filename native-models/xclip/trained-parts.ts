/**
 * What of X-CLIP is trained, from the least to the most: what scores encoded clips (the integration transformer and the
 * prompt generator, α too); with it all that the paper adds to CLIP (message layers, and what prompts look at); with
 * that CLIP's own picture encoder, as the authors' recipe does. The text encoder stays frozen always (Ni et al. 2022, s.4.1).
 */
export type TrainedParts = 'scorer' | 'added' | 'vision';

const scorerParts = /^(mit|prompts_generator)\./;
const lookedAt = /^prompts_visual_/;
const messages = /\.message_(fc|ln|attn)\./;
const picture = /^(vision_model|visual_projection)\./;

/** Whether the published recipe counts a tensor among the new parts, which learn ten times as fast (its `lr * 10`). */
export const isNewPart = (name: string): boolean =>
  scorerParts.test(name) || lookedAt.test(name) || messages.test(name);

/** Whether encoded clips depend on a tensor, so that changing it makes stored ones worthless. */
export const changesClips = (name: string): boolean => lookedAt.test(name) || picture.test(name);

/** Whether a tensor of an X-CLIP is trained. */
export function isTrained(name: string, parts: TrainedParts): boolean {
  if (scorerParts.test(name)) return true;
  if (parts === 'scorer') return false;
  return lookedAt.test(name) || messages.test(name) || (parts === 'vision' && picture.test(name));
}
