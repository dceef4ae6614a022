import { addUnitRows, normaliseRows } from '#native-models/features/unit-rows.ts';
import type { LearnedTensors } from '#native-models/prompt-learning/prompt-learner.ts';
import type { TuningLearners } from './tuning-learners.ts';

/** The prompt vectors of one run of training, at its end and at its start. */
export interface PromptRun {
  readonly learned: LearnedTensors;
  /** With these the class features are the zero-shot ones. */
  readonly initial: LearnedTensors;
}

/**
 * Class features `[K, D]` (unit rows) of the learners' class names under trained prompts; the names may be others than
 * those of the training, also ones typed after it. Several runs (seeds) are averaged.
 */
export async function tunedClassFeatures(
  learners: TuningLearners,
  runs: readonly PromptRun[],
  fromZeroShot: boolean,
): Promise<Float32Array> {
  const dim = learners.encoder.dim;
  const learner = await learners.for(null);
  const sum = new Float32Array(learners.settings.zeroShot.length);
  for (const { learned, initial } of runs) {
    // The offset that takes the starting prompts to the zero-shot features takes the trained ones along.
    const offset = fromZeroShot ? await learner.offsetToAnchors(initial) : null;
    addUnitRows(sum, await learner.classFeatures(learned, offset), dim);
  }
  return normaliseRows(sum, dim);
}
