import { learningConstants } from '../propose/localisation-constants.ts';
import { addSquare, type DiscriminantPrior } from './discriminant.ts';
import type { DescribedSpans } from './evidence.ts';
import { rowAt, type Rows } from './rows.ts';
import { softmax } from './softmax.ts';

const { sharedMean: sharedMeanWeight, mean: meanWeight, covariance: covarianceWeight } = learningConstants.inherited;

/**
 * What classes inherit from unlabelled spans by the zero-shot answer, before anybody has corrected anything: the mean of
 * the spans that the names point to, background in one, and the covariance of spans around what is expected of them.
 *
 * @param unlabelled n spans of the project, n ≥ 1. @param classCount K.
 */
export function inheritedPrior({ texts, codes }: DescribedSpans, classCount: number): DiscriminantPrior {
  const { count, width } = codes;
  const groups = classCount + 1;
  const shares = sharesOf(texts, classCount);
  const means = { count: groups, width, values: new Float64Array(groups * width) };
  const totals = new Float64Array(groups);
  const shared = new Float64Array(width);
  for (let row = 0; row < count; row += 1) {
    const code = rowAt(codes, row);
    for (let at = 0; at < width; at += 1) shared[at]! += code[at]! / count;
    for (let group = 0; group < groups; group += 1) {
      const share = shares[row * groups + group]!;
      totals[group]! += share;
      for (let at = 0; at < width; at += 1) means.values[group * width + at]! += share * code[at]!;
    }
  }
  for (let group = 0; group < groups; group += 1) {
    const mean = rowAt(means, group);
    for (let at = 0; at < width; at += 1)
      mean[at] = (mean[at]! + sharedMeanWeight * shared[at]!) / (totals[group]! + sharedMeanWeight);
  }
  const covariance = new Float64Array(width * width);
  const rest = new Float64Array(width);
  for (let row = 0; row < count; row += 1) {
    rest.set(rowAt(codes, row));
    for (let group = 0; group < groups; group += 1) {
      const share = shares[row * groups + group]!;
      for (let at = 0; at < width; at += 1) rest[at]! -= share * means.values[group * width + at]!;
    }
    addSquare(covariance, rest, 1 / count);
  }
  return {
    means,
    covariance,
    meanWeight,
    covarianceWeight,
  };
}

/** `[n, K + 1]` zero-shot probabilities, those of all background texts as one. */
function sharesOf(texts: Rows, classCount: number): Float64Array {
  const groups = classCount + 1;
  const shares = new Float64Array(texts.count * groups);
  const logits = new Float64Array(texts.width);
  for (let row = 0; row < texts.count; row += 1) {
    logits.set(rowAt(texts, row));
    for (const [column, share] of softmax(logits).entries())
      shares[row * groups + Math.min(column, classCount)]! += share;
  }
  return shares;
}
