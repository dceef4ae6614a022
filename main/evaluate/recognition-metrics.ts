/** Share of clips whose class is the best guess, and among the best five. */
export interface RecognitionMetrics {
  readonly top1: number;
  readonly top5: number;
}

/** Top-1 and top-5 accuracy from the rank of each clip's class, counted from 1; at least one clip. */
export function topAccuracies(ranks: readonly number[]): RecognitionMetrics {
  const amongBest = (count: number): number => ranks.filter((rank) => rank <= count).length / ranks.length;
  return { top1: amongBest(1), top5: amongBest(5) };
}

/**
 * Top-1 and top-5 accuracy. Classes that tie with the true one rank before it, so that equal scores earn nothing.
 *
 * @param scores `[n, K]` row-major. @param labels `[n]` true class indices; at least one.
 */
export function recognitionMetrics(scores: ArrayLike<number>, labels: ArrayLike<number>): RecognitionMetrics {
  const classCount = scores.length / labels.length;
  if (!Number.isInteger(classCount)) throw new RangeError('each clip needs a score for each class');
  return topAccuracies(
    Array.from(labels, (own, clip) => {
      const score = scores[clip * classCount + own]!;
      let rank = 0;
      for (let index = 0; index < classCount; index += 1) rank += scores[clip * classCount + index]! >= score ? 1 : 0;
      return rank;
    }),
  );
}
