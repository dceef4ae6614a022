import { microsecondsOf } from '#preload/domain/span.ts';
import { localisationConstants } from './localisation-constants.ts';
import { RangeMaximum } from './range-maximum.ts';
import type { SampleGrid } from './sample-grid.ts';
import type { SampleSpans } from './span-collector.ts';

/** What a trained head says of a video. */
export interface LearnedBoundaries {
  /** `[N]` probability that an action is on. */
  readonly action: Float64Array;
  /** `[N + 1]` probability that one starts, or ends, at a sample boundary. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** No proposal of the head's own is longer, and of much longer ones it knows nothing. */
  readonly longestS: number;
}

const { leastBoundaries, boundariesPerMinute, marginShare, edgeWidth } = localisationConstants.edges;

/** Every likely start with every likely end after it (BSN, Lin et al. 2018, s.3.3), at least `minDurationS` long. */
export function pairedBoundaries(
  { start, end, longestS }: LearnedBoundaries,
  { edgesUs }: SampleGrid,
  minDurationS: number,
): SampleSpans {
  const starts: number[] = [];
  const ends: number[] = [];
  const minutes = (edgesUs.at(-1)! - edgesUs[0]!) / 60e6;
  const most = Math.max(leastBoundaries, Math.ceil(minutes * boundariesPerMinute));
  const candidates = likely(end, most);
  let next = 0;
  for (const from of likely(start, most)) {
    while (next < candidates.length && candidates[next]! <= from) next += 1;
    for (let at = next; at < candidates.length; at += 1) {
      const to = candidates[at]!;
      const lengthUs = edgesUs[to]! - edgesUs[from]!;
      if (lengthUs > microsecondsOf(longestS)) break;
      if (lengthUs < microsecondsOf(minDurationS)) continue;
      starts.push(from);
      ends.push(to);
    }
  }
  return { starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}

/** Local maxima, and whatever is more than half as likely as the likeliest; the `most` best of them, in their order in time. */
function likely(curve: Float64Array, most: number): number[] {
  const highest = curve.reduce((a, b) => Math.max(a, b), 0);
  const isPeak = (at: number): boolean => curve[at]! > (curve[at - 1] ?? 0) && curve[at]! >= (curve[at + 1] ?? 0);
  const found = [...curve.keys()].filter((at) => isPeak(at) || curve[at]! > highest / 2);
  const best = found.toSorted((a, b) => curve[b]! - curve[a]!).slice(0, most);
  return best.toSorted((a, b) => a - b);
}

/**
 * How much the head believes in a span: √(start · end) · action inside · no action in the margins just outside · no other
 * start or end inside. Of lengths that it has not seen it does not know what their edges are like, nor what may begin and
 * end within: these two count all of the way up to its longest, and not at all from twice that on.
 */
export class LearnedQuality {
  readonly #boundaries: LearnedBoundaries;
  readonly #sums: Float64Array;
  readonly #start: RangeMaximum;
  readonly #end: RangeMaximum;
  readonly #longest: number;

  /** @param stepS between samples. */
  constructor(boundaries: LearnedBoundaries, stepS: number) {
    this.#boundaries = boundaries;
    this.#longest = boundaries.longestS / stepS;
    this.#sums = new Float64Array(boundaries.action.length + 1);
    for (const [at, value] of boundaries.action.entries()) this.#sums[at + 1] = this.#sums[at]! + value;
    this.#start = new RangeMaximum(boundaries.start);
    this.#end = new RangeMaximum(boundaries.end);
  }

  /** Of samples `[start, end)`, in [0, 1]. */
  of(start: number, end: number): number {
    const margin = Math.max(1, Math.round(marginShare * (end - start)));
    const left = Math.max(0, start - margin);
    const right = Math.min(this.#sums.length - 1, end + margin);
    const inside = this.#sum(start, end) / (end - start);
    const outsideCount = start - left + (right - end);
    const outside = outsideCount > 0 ? (this.#sum(left, start) + this.#sum(end, right)) / outsideCount : 0;
    const edges = Math.sqrt(this.#boundaries.start[start]! * this.#boundaries.end[end]!) * this.#noneWithin(start, end);
    const known = Math.min(1, Math.max(0, 1 - Math.log2((end - start) / this.#longest)));
    return edges ** known * inside * Math.max(0, 1 - outside);
  }

  /** How likely no other starts or ends within; just beside an edge a curve still tells of that one. */
  #noneWithin(start: number, end: number): number {
    const [first, last] = [start + edgeWidth, end - edgeWidth + 1];
    return last > first ? (1 - this.#start.of(first, last)) * (1 - this.#end.of(first, last)) : 1;
  }

  #sum(start: number, end: number): number {
    return this.#sums[end]! - this.#sums[start]!;
  }
}
