import type { Span } from '#preload/domain/span.ts';
import { suppressHard } from '../propose/suppress-overlaps.ts';

/** A stretch that was scored as a clip, with what each scorer says of its fit to a text. */
export interface ClipCandidate<Id> extends Span {
  readonly videoId: Id;
  /** Cosine of the clip and its own version of the text. */
  readonly clipCosine: number;
  /** Cosine of the stretch's mean frame feature and the text; null where only clips are asked. */
  readonly frameCosine: number | null;
}

export interface RankedClip<Id> extends Span {
  readonly videoId: Id;
  /** The clip's cosine, or, of two scorers, 1 for what both put first and less the lower they put it. */
  readonly score: number;
}

/** Moments that overlap more than this are one. */
const sameMoment = 0.3;
/** How slowly a place in a ranking loses its worth (Cormack et al. 2009). */
const rankOffset = 60;

/**
 * Clips best first, without those that repeat a better one. Cosines of two models do not compare, so that two scorers
 * are put together by reciprocal rank fusion (Cormack et al. 2009).
 */
export function rankClips<Id>(candidates: readonly ClipCandidate<Id>[], top: number): RankedClip<Id>[] {
  const fused = candidates.every(({ frameCosine }) => frameCosine !== null);
  const byClip = ranks(candidates.map(({ clipCosine }) => clipCosine));
  const byFrames = fused ? ranks(candidates.map(({ frameCosine }) => frameCosine!)) : byClip;
  const worth = (rank: number): number => (rankOffset + 1) / (rankOffset + rank);
  const scored = candidates.map(({ videoId, startUs, endUs, clipCosine }, index) => {
    const score = fused ? (worth(byClip[index]!) + worth(byFrames[index]!)) / 2 : clipCosine;
    return { videoId, startUs, endUs, score };
  });
  return [...Map.groupBy(scored, ({ videoId }) => videoId).values()]
    .flatMap((ofVideo) => suppressHard(ofVideo, sameMoment))
    .toSorted((a, b) => b.score - a.score || a.startUs - b.startUs)
    .slice(0, top);
}

/** The place of each value, 1 for the highest. */
function ranks(values: readonly number[]): Int32Array {
  const places = new Int32Array(values.length);
  [...values.keys()].sort((a, b) => values[b]! - values[a]!).forEach((index, place) => (places[index] = place + 1));
  return places;
}
