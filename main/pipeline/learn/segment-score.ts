import { learningConstants, localisationConstants } from '../propose/localisation-constants.ts';
import { fitLogistic, linear, meanLogisticLoss, sigmoid } from './logistic-regression.ts';
import { rowsOf, type Rows } from './rows.ts';

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

const {
  untaught: untaughtWeights,
  usual: usualWeights,
  backgroundOdds,
  precision,
  lengthTold,
} = localisationConstants.score;
const { videoWorth, leastVideos, folds: mostFolds, sharedLength: sharedLengthWeight } = learningConstants.examples;
/** What may be learned alone: what is known of the proposal, and of its length. */
const parts = [
  [true, true, true, true, true, true, true],
  [true, true, true, true, false, false, false],
  [false, false, false, false, true, true, true],
] as const;
const least = 1e-4;

export const untaughtScore: SegmentScore = { weights: Float64Array.from(untaughtWeights), logLengths: null };

/** In (0, 1). */
export function scoreSegment({ weights, logLengths }: SegmentScore, classIndex: number, facts: SegmentFacts): number {
  return sigmoid(linear(weights, evidenceOf(facts, logLengths === null ? null : logLengths[classIndex]!)));
}

function evidenceOf({ quality, probability, background, lengthS }: SegmentFacts, logLength: number | null): number[] {
  const q = Math.min(Math.max(quality, least), 1 - least);
  // Until lengths are known nothing else tells a sure class on a stretch of background from one on an action.
  const likely = logLength === null ? probability / (1 + (backgroundOdds - 1) * background) : probability;
  const basic = [1, Math.log(q / (1 - q)), Math.log(Math.max(likely, least)), Math.log(Math.max(background, least))];
  if (logLength === null) return basic;
  const difference = Math.max(Math.log(lengthS) - logLength, -Math.log(lengthTold.not));
  const told = toldOfLength(difference);
  return [...basic, told * Math.abs(difference), told * difference, told * difference ** 2];
}

/**
 * How far lengths of accepted segments speak of a stretch that is longer than is typical, in [0, 1]: what is much longer is
 * of a kind that none of them shows. What is much shorter is most often a part, but no more so the shorter it is.
 */
function toldOfLength(difference: number): number {
  const [fully, not] = [Math.log(lengthTold.fully), Math.log(lengthTold.not)];
  return Math.min(Math.max((not - difference) / (not - fully), 0), 1);
}

/** A proposal of a reviewed video as one class, and how right that is. Its probabilities never saw its video. */
export interface ScoredExample extends SegmentFacts {
  readonly videoId: number;
  readonly classIndex: number;
  /** In [0, 1]. */
  readonly rightness: number;
}

/**
 * @param lengthsS of accepted segments, for each class. The untaught score while there are none. @param start weights that
 * are taken unless others are surely better.
 */
export function learnScore(
  lengthsS: readonly (readonly number[])[],
  examples: readonly ScoredExample[],
  start: readonly number[] = usualWeights,
): SegmentScore {
  const logLengths = logLengthsOf(lengthsS);
  if (logLengths === null) return untaughtScore;
  const rows = rowsOf(examples.length, usualWeights.length, (row, out) => {
    out.set(evidenceOf(examples[row]!, logLengths[examples[row]!.classIndex]!));
  });
  return { weights: checkedWeights(rows, examples, start), logLengths };
}

/** `[K]`, those of few segments pulled to those of all; null without any. */
function logLengthsOf(lengthsS: readonly (readonly number[])[]): Float64Array | null {
  const logs = lengthsS.map((lengths) => lengths.map(Math.log));
  const all = logs.flat();
  if (all.length === 0) return null;
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const shared = sum(all) / all.length;
  return Float64Array.from(logs, (own) => (sum(own) + sharedLengthWeight * shared) / (own.length + sharedLengthWeight));
}

/**
 * The weights to start from, unless others are surely better on videos that they were not learned from: by more than the standard
 * error of the difference between videos. Weights of another project give way to the usual ones in the same way, as soon as
 * there are two videos to differ.
 *
 * @param rows `[n, 7]`.
 */
function checkedWeights(rows: Rows, examples: readonly ScoredExample[], given: readonly number[]): Float64Array {
  const videos = [...Map.groupBy(examples.keys(), (row) => examples[row]!.videoId).values()];
  const taken = Float64Array.from(given);
  if (videos.length < 2 || examples.every(({ rightness }) => rightness === 0)) return taken;
  const outcomes = Float64Array.from(examples, ({ rightness }) => rightness);
  const meanLoss = (own: readonly number[], weights: Float64Array): number =>
    meanLogisticLoss({ rows, outcomes }, own, weights);
  const unmoved = Float64Array.from(usualWeights);
  const byUsual = gainOf(videos.map((own) => meanLoss(own, taken) - meanLoss(own, unmoved)));
  const start = byUsual.isSure ? unmoved : taken;
  if (videos.length < leastVideos) return start;
  const worth = new Float64Array(examples.length);
  for (const own of videos) for (const row of own) worth[row] = videoWorth / own.length;
  const fit = (
    some: readonly (readonly number[])[],
    free: (typeof parts)[number],
    from: Float64Array = start,
  ): Float64Array =>
    fitLogistic(
      { rows, outcomes, worth, chosen: some.flat() },
      { means: start, precisions: free.map((isFree) => (isFree ? precision : Infinity)) },
      from,
    );
  const folds = Math.min(mostFolds, videos.length);
  const before = videos.map((own) => meanLoss(own, start));
  const judged = parts.map((free) => {
    // What one fold finds is close to what the next one does.
    let weights: Float64Array = start;
    const gains = Array.from({ length: folds }, (_, fold) => {
      weights = fit(
        videos.filter((_video, index) => index % folds !== fold),
        free,
        weights,
      );
      return videos.flatMap((own, index) => (index % folds === fold ? before[index]! - meanLoss(own, weights) : []));
    }).flat();
    return { free, ...gainOf(gains) };
  });
  const best = judged.filter(({ isSure }) => isSure).toSorted((a, b) => b.gain - a.gain)[0];
  return best === undefined ? start : fit(videos, best.free);
}

/** Mean of what videos gain, and whether it is more than its standard error. */
function gainOf(gains: readonly number[]): { readonly gain: number; readonly isSure: boolean } {
  const gain = gains.reduce((a, b) => a + b, 0) / gains.length;
  const variance = gains.reduce((sum, one) => sum + (one - gain) ** 2, 0) / (gains.length - 1);
  return { gain, isSure: gain > Math.sqrt(variance / gains.length) };
}
