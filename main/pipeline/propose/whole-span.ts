import type { SpanMeans } from '../vectors/span-means.ts';
import type { ClassSet } from './class-set.ts';
import { localisationConstants } from './localisation-constants.ts';
import { TextAnswer } from './text-answer.ts';

const { leastProbability } = localisationConstants.whole;

/**
 * Whether a stretch as a whole shows an action of any class: the mean likelihood of the class texts over that of the
 * background texts, by the mean of its frames, as stage 2 will see it. Where single frames stand out from a busy scene
 * without showing anything, their mean tells.
 */
export class WholeSpan {
  readonly #names: TextAnswer;
  readonly #means: SpanMeans;
  readonly #mean: Float64Array;
  readonly #logits: Float64Array;

  /** @param means of the features that are classified. */
  constructor(classSet: ClassSet, means: SpanMeans, dim: number) {
    this.#names = new TextAnswer(classSet, dim);
    this.#means = means;
    this.#mean = new Float64Array(dim);
    this.#logits = new Float64Array(this.#names.columns);
  }

  /** log P(an action) of samples `[start, end)`, not below that of one in fifty; 0 without classes or background. */
  logProbability(start: number, end: number): number {
    const { classCount, columns } = this.#names;
    if (classCount === 0 || columns === classCount) return 0;
    const logits = this.#names.logits(this.#means.unitMean(start, end, this.#mean), this.#logits);
    const background = logMean(logits.subarray(classCount));
    const odds = logMean(logits.subarray(0, classCount)) - background;
    return Math.max(-Math.log1p(Math.exp(-odds)), Math.log(leastProbability));
  }
}

/** log of the mean of `exp(value)`. */
function logMean(values: Float64Array): number {
  let highest = -Infinity;
  for (const value of values) highest = Math.max(highest, value);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - highest);
  return highest + Math.log(sum / values.length);
}
