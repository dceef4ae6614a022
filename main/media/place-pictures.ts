/** What is known of the time of a picture; the pictures are in the order in which the decoder shows them. */
export interface DecodedTime {
  /** Microseconds that the container stores for this picture; null where it stores none. */
  readonly storedUs: number | null;
  /** Microseconds that the decoder works out from decoding times; null where it cannot. */
  readonly estimatedUs: number | null;
  /** Pictures of one clock can be compared; another clock may start anywhere. */
  readonly clock: number;
}

/** Pictures on one timeline. */
export interface PlacedPictures {
  /** Strictly increasing whole microseconds, `[N]`. */
  readonly startsUs: Float64Array;
  /** Pictures whose container stores no time: placed by order and rate. */
  readonly counted: number;
  /** Pictures whose stored times contradict the order in which the decoder shows them. */
  readonly disordered: number;
  /** What was added to the stored times of each clock, by clock; NaN for a clock without pictures. */
  readonly addedUs: readonly number[];
}

/**
 * Places pictures on one timeline. The decoder's order holds. Stored times hold where they agree with it; where they do
 * not, the same times are given out in the decoder's order. Pictures without one are spread evenly between those that
 * have one, or `stepUs` apart where nothing lies beyond. A clock that starts over goes on one step after the last
 * picture of the clock before.
 * @param stepUs usual duration of a picture.
 */
export function placePictures(pictures: readonly DecodedTime[], stepUs: number): PlacedPictures {
  const startsUs = new Float64Array(pictures.length);
  const addedUs: number[] = [];
  let counted = 0;
  let disordered = 0;
  for (const [from, to] of runsOfOneClock(pictures)) {
    const run = pictures.slice(from, to);
    counted += run.filter(({ storedUs }) => storedUs === null).length;
    const { times, moved } = inOrder(knownTimes(run));
    disordered += moved;
    const placed = spread(times, stepUs, from === 0 ? 0 : startsUs[from - 1]! + stepUs);
    const added = from === 0 ? 0 : startsUs[from - 1]! + stepUs - placed[0]!;
    addedUs[run[0]!.clock] ??= Math.round(added);
    for (const [index, us] of placed.entries()) {
      const least = from + index === 0 ? Number.NEGATIVE_INFINITY : startsUs[from + index - 1]! + 1;
      startsUs[from + index] = Math.max(Math.round(us + added), least);
    }
  }
  return { startsUs, counted, disordered, addedUs };
}

function* runsOfOneClock(pictures: readonly DecodedTime[]): Generator<readonly [number, number]> {
  let from = 0;
  for (let to = 1; to <= pictures.length; to += 1) {
    if (to < pictures.length && pictures[to]!.clock === pictures[from]!.clock) continue;
    yield [from, to];
    from = to;
  }
}

/** Stored times; where there are none at all, the decoder's estimates, if they make sense throughout. */
function knownTimes(run: readonly DecodedTime[]): (number | null)[] {
  if (run.some(({ storedUs }) => storedUs !== null)) return run.map(({ storedUs }) => storedUs);
  let before = Number.NEGATIVE_INFINITY;
  for (const { estimatedUs } of run) {
    if (estimatedUs === null) continue;
    if (estimatedUs <= before) return run.map(() => null);
    before = estimatedUs;
  }
  return run.map(({ estimatedUs }) => estimatedUs);
}

/**
 * The same times, ascending, where there were times; of equal ones only the first stays. A time that lies far off all
 * that agree with each other is none: one flipped bit must not move the others.
 */
function inOrder(times: readonly (number | null)[]): { times: (number | null)[]; moved: number } {
  const kept = withoutStrays(times);
  const sorted = kept.filter((us) => us !== null).toSorted((a, b) => a - b);
  let at = 0;
  let moved = 0;
  const ordered = kept.map((us, index) => {
    if (us === null) {
      if (times[index] !== null) moved += 1;
      return null;
    }
    const next = sorted[at]!;
    const again = at > 0 && sorted[at - 1] === next;
    if (next !== us || again) moved += 1;
    at += 1;
    return again ? null : next;
  });
  return { times: ordered, moved };
}

/** Times that disagree with the order by more than this are strays; smaller disagreement is a matter of order. */
const strayUs = 1_000_000;

function withoutStrays(times: readonly (number | null)[]): (number | null)[] {
  const agreeing = longestRise(times);
  let below = Number.NEGATIVE_INFINITY;
  const above = times.slice();
  for (let index = times.length - 1, next = Number.POSITIVE_INFINITY; index >= 0; index -= 1) {
    if (agreeing.has(index)) next = times[index]!;
    above[index] = next;
  }
  return times.map((us, index) => {
    if (us === null) return null;
    if (agreeing.has(index)) {
      below = us;
      return us;
    }
    return us < below - strayUs || us > above[index]! + strayUs ? null : us;
  });
}

/** Indices of the most times that rise from one to the next, nulls left out. */
function longestRise(times: readonly (number | null)[]): Set<number> {
  const tails: number[] = [];
  const before = new Int32Array(times.length).fill(-1);
  for (const [index, us] of times.entries()) {
    if (us === null) continue;
    let low = 0;
    for (let high = tails.length; low < high;) {
      const middle = (low + high) >> 1;
      if (times[tails[middle]!]! < us) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = index;
  }
  const rise = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) rise.add(index);
  return rise;
}

/** Fills gaps between known times evenly, and goes on by `stepUs` at both ends. */
function spread(times: readonly (number | null)[], stepUs: number, originUs: number): number[] {
  const placed = [...times];
  const first = placed.findIndex((us) => us !== null);
  if (first < 0) return placed.map((_, index) => originUs + index * stepUs);
  for (let index = first - 1; index >= 0; index -= 1) placed[index] = placed[index + 1]! - stepUs;
  for (let index = first + 1; index < placed.length; index += 1) {
    if (placed[index] !== null) continue;
    let next = index;
    while (next < placed.length && placed[next] === null) next += 1;
    const before = placed[index - 1]!;
    const step = next < placed.length ? (placed[next]! - before) / (next - index + 1) : stepUs;
    for (; index < next; index += 1) placed[index] = placed[index - 1]! + step;
    index -= 1;
  }
  return placed as number[];
}
