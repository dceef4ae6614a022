import { microsecondsOf } from '#preload/domain/span.ts';
import { localisationConstants } from './localisation-constants.ts';
import type { SampleGrid } from './sample-grid.ts';
import type { SampleSpans } from './span-collector.ts';

/** What a trained head says of a video. */
export interface LearnedBoundaries {
  /** `[N]` probability that an action is on. */
  readonly action: Float64Array;
  /** `[N + 1]` probability that one starts, or ends, at a sample boundary. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** No proposal of the head's own is longer. */
  readonly longestS: number;
}

const { mostBoundaries, marginShare } = localisationConstants.edges;

/** Every likely start with every likely end after it (BSN, Lin et al. 2018, s.3.3), at least `minDurationS` long. */
export function pairedBoundaries(
  { start, end, longestS }: LearnedBoundaries,
  { edgesUs }: SampleGrid,
  minDurationS: number,
): SampleSpans {
  const starts: number[] = [];
  const ends: number[] = [];
  const candidates = likely(end);
  for (const from of likely(start)) {
    for (const to of candidates) {
      const lengthUs = edgesUs[to]! - edgesUs[from]!;
      if (to <= from || lengthUs < microsecondsOf(minDurationS) || lengthUs > microsecondsOf(longestS)) continue;
      starts.push(from);
      ends.push(to);
    }
  }
  return { starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}

/** Local maxima, and whatever is more than half as likely as the likeliest; the best of them. */
function likely(curve: Float64Array): number[] {
  const highest = curve.reduce((a, b) => Math.max(a, b), 0);
  const isPeak = (at: number): boolean => curve[at]! > (curve[at - 1] ?? 0) && curve[at]! >= (curve[at + 1] ?? 0);
  const found = [...curve.keys()].filter((at) => isPeak(at) || curve[at]! > highest / 2);
  return found.toSorted((a, b) => curve[b]! - curve[a]!).slice(0, mostBoundaries);
}

/** How much the head believes in a span: √(start · end) · action inside · no action in the margins just outside. */
export class LearnedQuality {
  readonly #boundaries: LearnedBoundaries;
  readonly #sums: Float64Array;

  constructor(boundaries: LearnedBoundaries) {
    this.#boundaries = boundaries;
    this.#sums = new Float64Array(boundaries.action.length + 1);
    for (const [at, value] of boundaries.action.entries()) this.#sums[at + 1] = this.#sums[at]! + value;
  }

  /** Of samples `[start, end)`, in [0, 1]. */
  of(start: number, end: number): number {
    const margin = Math.max(1, Math.round(marginShare * (end - start)));
    const left = Math.max(0, start - margin);
    const right = Math.min(this.#sums.length - 1, end + margin);
    const inside = this.#sum(start, end) / (end - start);
    const outsideCount = start - left + (right - end);
    const outside = outsideCount > 0 ? (this.#sum(left, start) + this.#sum(end, right)) / outsideCount : 0;
    return Math.sqrt(this.#boundaries.start[start]! * this.#boundaries.end[end]!) * inside * (1 - outside);
  }

  #sum(start: number, end: number): number {
    return this.#sums[end]! - this.#sums[start]!;
  }
}
