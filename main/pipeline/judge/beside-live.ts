import { compare, type Comparison } from './comparison.ts';
import type { RankedVideo } from './ranked-segments.ts';

/** What passed, beside what is in use. */
export interface BesideLive extends Comparison {
  /** Whether what is in use stays all the same. */
  readonly liveStays: boolean;
}

/** Fewer videos that the version in use has not seen are no test of it. */
const fewestUnseen = 2;

/**
 * Holds what passed against what is in use. On videos that neither has seen it must find no less; where there are too few
 * of those, the one in use knows them, and it is enough not to be worse beyond noise.
 *
 * @param live and `passed`: the same videos, in the same order. @param seen those that the one in use has learned from.
 */
export function besideLive(
  live: readonly RankedVideo[],
  passed: readonly RankedVideo[],
  seen: ReadonlySet<number>,
  classCount: number,
): BesideLive {
  const isUnseen = ({ truth }: RankedVideo): boolean => !seen.has(truth.videoId);
  const isFair = live.filter(isUnseen).length >= fewestUnseen;
  const judged = (videos: readonly RankedVideo[]): readonly RankedVideo[] =>
    isFair ? videos.filter(isUnseen) : videos;
  const comparison = compare(judged(live), judged(passed), classCount);
  return {
    ...comparison,
    liveStays: comparison.verdict === 'worse' || (isFair && comparison.after < comparison.before),
  };
}
