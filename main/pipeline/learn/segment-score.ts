import { fitLogistic, linear, sigmoid } from './logistic-regression.ts';

/** What is known of a proposal as one class. */
export interface SegmentFacts {
  /** Class-agnostic quality in (0, 1). */
  readonly quality: number;
  /** Of the class, and of all background texts together. */
  readonly probability: number;
  readonly background: number;
  readonly lengthS: number;
}

/**
 * How sure it is that a proposal is an occurrence of a class: a logistic regression on what is known of it. Its weights
 * are learned from reviewed videos; before there are any, they are what proved sound on films of the drawn world.
 */
export interface SegmentScore {
  /** `[7]` of the evidence in `evidenceOf`; without any lengths `[4]`. */
  readonly weights: Float64Array;
  /** `[K]` mean log length in seconds of each class; null while no segment of any class is known. */
  readonly logLengths: Float64Array | null;
}

/** Of 1, log-odds of quality, log P(class), log P(background). */
// The constant puts even odds where about four in ten are right; without a correction nobody knows better.
const untaughtWeights = [-0.8, 1, 1, -0.2] as const;
/** Of the same and of |Δ|, Δ, Δ²; Δ is the log of the length over the class's typical length. */
const usualWeights = [0.5, 0.7, 1, -0.1, -1.5, 0.5, 0] as const;
const precision = 5;
/** Segments that the mean length over all classes is worth for a class. */
const sharedLengthWeight = 2;
const least = 1e-4;

export const untaughtScore: SegmentScore = { weights: Float64Array.from(untaughtWeights), logLengths: null };

/** In (0, 1). */
export function scoreSegment({ weights, logLengths }: SegmentScore, classIndex: number, facts: SegmentFacts): number {
  return sigmoid(linear(weights, evidenceOf(facts, logLengths === null ? null : logLengths[classIndex]!)));
}

function evidenceOf({ quality, probability, background, lengthS }: SegmentFacts, logLength: number | null): number[] {
  const q = Math.min(Math.max(quality, least), 1 - least);
  const basic = [
    1,
    Math.log(q / (1 - q)),
    Math.log(Math.max(probability, least)),
    Math.log(Math.max(background, least)),
  ];
  if (logLength === null) return basic;
  const difference = Math.log(lengthS) - logLength;
  return [...basic, Math.abs(difference), difference, difference ** 2];
}

/** A proposal of a reviewed video as one class, and how right that is. Its probabilities never saw its video. */
export interface ScoredExample extends SegmentFacts {
  readonly classIndex: number;
  /** In [0, 1]. */
  readonly rightness: number;
}

/**
 * @param lengthsS of accepted segments, for each class. The untaught score while there are none.
 */
export function learnScore(lengthsS: readonly (readonly number[])[], examples: readonly ScoredExample[]): SegmentScore {
  const logs = lengthsS.map((lengths) => lengths.map(Math.log));
  const all = logs.flat();
  if (all.length === 0) return untaughtScore;
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const shared = sum(all) / all.length;
  const logLengths = Float64Array.from(
    logs,
    (own) => (sum(own) + sharedLengthWeight * shared) / (own.length + sharedLengthWeight),
  );
  const rows = examples.map((example) => Float64Array.from(evidenceOf(example, logLengths[example.classIndex]!)));
  const outcomes = examples.map(({ rightness }) => rightness);
  return {
    weights: outcomes.some((outcome) => outcome > 0)
      ? fitLogistic(rows, outcomes, usualWeights, precision)
      : Float64Array.from(usualWeights),
    logLengths,
  };
}
