import type { ClassSet } from '../propose/class-set.ts';
import type { LearnedBoundaries } from '../propose/learned-boundaries.ts';
import type { HeldOut, JudgedVideo } from './judged-project.ts';

/** Class features under prompts. */
export interface PromptedClasses {
  /** `[K, D]` unit rows. */
  readonly classFeatures: Float32Array;
  /** Factor from cosine to logit. */
  readonly scale: number;
}

/** What was trained, as localisation uses it; null for what was not. */
export interface TrainedParts {
  readonly prompts: PromptedClasses | null;
  /** `[N, D]` a video's features as a trained temporal module sees them. */
  readonly temporal: ((video: JudgedVideo) => Promise<Float32Array>) | null;
  readonly boundaries: ((video: JudgedVideo) => Promise<LearnedBoundaries>) | null;
}

export const noParts: TrainedParts = { prompts: null, temporal: null, boundaries: null };

/** Parts that were trained without some videos, or without some classes. */
export interface TrainedFold {
  readonly held: HeldOut;
  readonly parts: TrainedParts;
}

/** What is in use, and the videos that it has learned from: what it says of them is no test of it. */
export interface LiveParts {
  readonly parts: TrainedParts;
  readonly seen: ReadonlySet<number>;
}

/** Names under prompts where they take them; the others keep their words, and what those mean. */
export function promptedClassSet(
  names: ClassSet,
  dim: number,
  { classFeatures, scale }: PromptedClasses,
  isPrompted: (classIndex: number) => boolean,
): ClassSet {
  const classEmbeddings = names.classEmbeddings.slice();
  let logitScale = names.logitScale;
  for (let row = 0; row < classEmbeddings.length / dim; row += 1) {
    if (!isPrompted(row)) continue;
    classEmbeddings.set(classFeatures.subarray(row * dim, (row + 1) * dim), row * dim);
    logitScale = scale;
  }
  return { ...names, classEmbeddings, logitScale };
}
