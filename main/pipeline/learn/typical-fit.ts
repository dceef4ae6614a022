import { learningConstants } from '../propose/localisation-constants.ts';
import type { DescribedSpans, VideoEvidence } from './evidence.ts';
import { rowAt } from './rows.ts';
import { softmax } from './softmax.ts';

const { shared: sharedWeight, unlabelled: unlabelledWeight } = learningConstants.typicalFit;

/**
 * `[K + M]` how far above the mean of all names the text of a name lies in spans that it fits, by the zero-shot answer:
 * some names are near to everything and some to nothing, and only against that can they be compared with names that are
 * judged by something else. Of background texts it is what is typical of all names.
 *
 * @param texts `[n, K + M]` of unlabelled spans.
 */
export function typicalFit({ texts }: Pick<DescribedSpans, 'texts'>, classCount: number): Float64Array {
  const sums = new Float64Array(classCount);
  const weights = new Float64Array(classCount);
  const shares = new Float64Array(texts.width);
  for (let row = 0; row < texts.count; row += 1) {
    const logits = rowAt(texts, row);
    shares.set(logits);
    softmax(shares);
    const mean = meanOfNames(logits, classCount);
    for (let at = 0; at < classCount; at += 1) {
      sums[at]! += shares[at]! * (logits[at]! - mean);
      weights[at]! += shares[at]!;
    }
  }
  const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
  const shared = total(sums) / Math.max(total(weights), Number.MIN_VALUE);
  return Float64Array.from({ length: texts.width }, (_, at) =>
    at < classCount ? (sums[at]! + sharedWeight * shared) / (weights[at]! + sharedWeight) : shared,
  );
}

/** `[K + M]`: the same of names with shots, by what shots of `videos` show: the zero-shot answer may never point to them. */
export function typicalOfShots(
  typical: Float64Array,
  videos: readonly VideoEvidence[],
  classIds: readonly number[],
): Float64Array {
  const sums = typical.map((fit) => unlabelledWeight * fit);
  const weights = new Float64Array(typical.length).fill(unlabelledWeight);
  for (const { shots, shotSpans } of videos) {
    for (const [row, { classIds: marked }] of shots.entries()) {
      const logits = rowAt(shotSpans.texts, row);
      const mean = meanOfNames(logits, classIds.length);
      for (const classId of marked) {
        const at = classIds.indexOf(classId);
        sums[at]! += (logits[at]! - mean) / marked.length;
        weights[at]! += 1 / marked.length;
      }
    }
  }
  return sums.map((sum, at) => sum / weights[at]!);
}

/** Mean of the logits `[K + M]` of the names, background texts left out; K ≥ 1. */
export function meanOfNames(logits: Float64Array, classCount: number): number {
  let sum = 0;
  for (let at = 0; at < classCount; at += 1) sum += logits[at]!;
  return sum / classCount;
}
