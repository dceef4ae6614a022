import type { ScorerMode } from '#preload/domain/settings.ts';

/** The exponent of a clip's say where nothing can be held back: between a third and a half all numbers of shots gain alike. */
export const usualClipWeight = 0.4;

const least = 1e-6;

/**
 * What frame features and a clip say together: the clip's probabilities, raised to `weight`, times those of the features
 * (a logarithmic opinion pool; Genest and Zidek 1986). With weight 0 the features' own answer, to the last bit. `[K]`
 * both, and so the answer; what is left to 1 is background.
 */
export function fuseProbabilities(frames: Float64Array, clip: Float64Array, weight: number): Float64Array {
  if (weight === 0) return frames;
  const pooled = frames.map((probability, at) => probability * Math.max(clip[at]!, least) ** weight);
  const total = sum(pooled) + backgroundOf(frames) * backgroundOf(clip) ** weight;
  return pooled.map((share) => share / total);
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

/** Of class probabilities `[K]`, what is left of 1. */
const backgroundOf = (classes: Float64Array): number => Math.max(1 - sum(classes), least);

/**
 * Puts a clip's say beside that of frame features as the project wants it; `[K]` probabilities all. Null where a scorer
 * that stands alone has not looked.
 */
export function opinionOf(
  mode: Exclude<ScorerMode, 'clip'>,
  frames: Float64Array,
  clip: Float64Array | undefined,
  weight: number,
): Float64Array | null {
  if (mode === 'xclip') return clip ?? null;
  return clip === undefined ? frames : fuseProbabilities(frames, clip, weight);
}
