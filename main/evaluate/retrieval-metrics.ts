/** How well queries find their one matching item. Ranks count from 1. */
export interface RetrievalMetrics {
  /** Share of queries whose match is among the best 1, 5 and 10. */
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly recallAt10: number;
  readonly medianRank: number;
  readonly meanRank: number;
}

/** R@{1, 5, 10}, median and mean of the ranks of the matches, one a query; at least one. */
export function rankMetrics(ranks: ArrayLike<number>): RetrievalMetrics {
  const sorted = Float64Array.from(ranks).sort();
  const count = sorted.length;
  const recallAt = (k: number): number => sorted.filter((rank) => rank <= k).length / count;
  return {
    recallAt1: recallAt(1),
    recallAt5: recallAt(5),
    recallAt10: recallAt(10),
    medianRank: (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2,
    meanRank: sorted.reduce((a, b) => a + b) / count,
  };
}

/**
 * R@{1, 5, 10}, median and mean rank over the diagonal of a similarity matrix (as CLIP4Clip reports them).
 * Items that tie with the match rank before it, so that a constant similarity earns nothing.
 *
 * @param similarities `[Q, Q]` row-major: query `i` belongs to item `i`.
 */
export function retrievalMetrics(similarities: ArrayLike<number>, queryCount: number): RetrievalMetrics {
  if (queryCount < 1 || similarities.length !== queryCount * queryCount) {
    throw new RangeError(`retrieval needs one item for each of ${queryCount} queries`);
  }
  return rankMetrics(
    Float64Array.from({ length: queryCount }, (_, query) => {
      const match = similarities[query * queryCount + query]!;
      let rank = 0;
      for (let item = 0; item < queryCount; item += 1)
        rank += similarities[query * queryCount + item]! >= match ? 1 : 0;
      return rank;
    }),
  );
}
