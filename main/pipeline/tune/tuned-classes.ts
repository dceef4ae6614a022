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
  const dim = learners.parts.config.projection_dim;
  const learner = await learners.for(null);
  const sum = new Float32Array(learners.settings.zeroShot.length);
  for (const { learned, initial } of runs) {
    // The offset that takes the starting prompts to the zero-shot features takes the trained ones along.
    const offset = fromZeroShot ? await learner.offsetToAnchors(initial) : null;
    addUnitRows(sum, await learner.classFeatures(learned, offset), dim);
  }
  const mean = new Float32Array(sum.length);
  addUnitRows(mean, sum, dim);
  return mean;
}

/** Adds the rows of `rows`, each made unit length, to `sum`. */
export function addUnitRows(sum: Float32Array, rows: Float32Array, dim: number): void {
  for (let start = 0; start < rows.length; start += dim) {
    let squares = 0;
    for (let at = start; at < start + dim; at += 1) squares += rows[at]! * rows[at]!;
    const length = Math.sqrt(squares);
    if (length > 0) for (let at = start; at < start + dim; at += 1) sum[at]! += rows[at]! / length;
  }
}
