import { learningConstants } from '../propose/localisation-constants.ts';
import { foldEvidence, lowestLoss, type WeightsExam } from './choose-weights.ts';
import { scaledSums, type PointSums } from './discriminant.ts';
import type { VideoEvidence } from './evidence.ts';

const { choices, halving } = learningConstants.carried;

/**
 * What a carried point is worth of a correction made here, in (0, 1]: as much while nothing was corrected, and less with
 * each correction. What held-back corrections speak against is worth less still: leave-one-video-out, as weights are
 * chosen, each choice counts by how likely it makes what was held back, with a pull towards leaving all.
 */
export function carriedShare(
  { classIds, fit, typicalOf }: Omit<WeightsExam, 'folds'>,
  videos: readonly VideoEvidence[],
  carried: PointSums,
): number {
  const width = Math.sqrt(carried.squares.length);
  const { counts } = foldEvidence(videos, classIds, width).all;
  const corrected = counts.subarray(0, -1).filter((count) => count > 0);
  if (corrected.length === 0) return 1;
  const perClass = corrected.reduce((a, b) => a + b, 0) / corrected.length;
  const most = halving / (halving + perClass);
  const judged = choices.map((left) => {
    const { folds } = foldEvidence(videos, classIds, width, scaledSums(carried, most * left));
    return {
      left,
      isJudged: folds.length > 0,
      loss: lowestLoss({ classIds, fit, folds, typicalOf }) - Math.log2(left) / 2,
    };
  });
  if (judged.some(({ isJudged }) => !isJudged)) return most;
  const lowest = Math.min(...judged.map(({ loss }) => loss));
  let total = 0;
  let sum = 0;
  for (const { left, loss } of judged) {
    const likelihood = Math.exp(lowest - loss);
    total += likelihood;
    sum += likelihood * Math.log(left);
  }
  return most * Math.exp(sum / total);
}
