/** Share of clips whose class is the best guess, and among the best five. */
export interface RecognitionMetrics {
  readonly top1: number;
  readonly top5: number;
}

/**
 * Top-1 and top-5 accuracy. Classes that tie with the true one rank before it, so that equal scores earn nothing.
 *
 * @param scores `[n, K]` row-major. @param labels `[n]` true class indices; at least one.
 */
export function recognitionMetrics(scores: ArrayLike<number>, labels: ArrayLike<number>): RecognitionMetrics {
  const clipCount = labels.length;
  const classCount = scores.length / clipCount;
  if (!Number.isInteger(classCount)) throw new RangeError('each clip needs a score for each class');
  let first = 0;
  let amongFive = 0;
  for (let clip = 0; clip < clipCount; clip += 1) {
    const own = scores[clip * classCount + labels[clip]!]!;
    let rank = 0;
    for (let index = 0; index < classCount; index += 1) rank += scores[clip * classCount + index]! >= own ? 1 : 0;
    if (rank === 1) first += 1;
    if (rank <= 5) amongFive += 1;
  }
  return { top1: first / clipCount, top5: amongFive / clipCount };
}
