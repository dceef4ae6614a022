import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { Matches } from './read-matches.ts';
import { rankOfRight, type Rankings } from './read-rankings.ts';
import { rankMetrics } from './retrieval-metrics.ts';

/** How well queries found their items, as the command line prints it. Shares are in [0, 1]. */
export interface RetrievalEvaluation {
  readonly protocol: 'retrieval';
  /** Share of queries whose item is among the best 1, 5 and 10. */
  readonly recall: Readonly<Record<'1' | '5' | '10', number>>;
  /** Of the items' ranks, counted from 1; `null` where it is that of an item which was not ranked. */
  readonly median_rank: number | null;
  /** `null` where some item was not ranked. */
  readonly mean_rank: number | null;
  readonly counts: {
    readonly queries: number;
    /** Queries whose item is not in their ranking, or that have none; no recall counts them. */
    readonly queries_without_their_item: number;
    /** Ranked queries that the ground truth does not have; they do not count. */
    readonly unknown_queries: number;
  };
}

/**
 * R@{1, 5, 10}, median and mean rank of the one item that each query should find (as CLIP4Clip reports them). Items
 * that tie with it rank before it. Fails with `bad-input` where there is nothing to score.
 */
export function evaluateRetrieval(matches: Matches, rankings: Rankings): RetrievalEvaluation {
  if (matches.size === 0)
    throw new Failure('bad-input', verbatim('The ground truth has no queries, so there is nothing to evaluate.'));
  const ranks = [...matches].map(([query, item]) => rankOfRight(rankings.get(query) ?? [], new Set([item])));
  const { recallAt1, recallAt5, recallAt10, medianRank, meanRank } = rankMetrics(ranks);
  const known = (rank: number): number | null => (rank === Infinity ? null : rank);
  return {
    protocol: 'retrieval',
    recall: { 1: recallAt1, 5: recallAt5, 10: recallAt10 },
    median_rank: known(medianRank),
    mean_rank: known(meanRank),
    counts: {
      queries: matches.size,
      queries_without_their_item: ranks.filter((rank) => rank === Infinity).length,
      unknown_queries: [...rankings.keys()].filter((query) => !matches.has(query)).length,
    },
  };
}
