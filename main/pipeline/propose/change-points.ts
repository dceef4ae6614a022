/**
 * Boundaries where the picture changes: local maxima of the novelty above `minZ`, the stronger of two nearer than
 * `minDistance` samples, and always both ends of the video. Ascending boundary indices in `0 … N`.
 *
 * @param novelty `[N + 1]` z-scored novelty of each boundary.
 */
export function changePoints(novelty: Float64Array, minZ: number, minDistance: number): number[] {
  const last = novelty.length - 1;
  const peaks: number[] = [];
  for (let boundary = 1; boundary < last; boundary += 1) {
    const value = novelty[boundary]!;
    const risesTo = boundary === 1 || value > novelty[boundary - 1]!;
    const fallsFrom = boundary === last - 1 || value >= novelty[boundary + 1]!;
    if (value > minZ && risesTo && fallsFrom) peaks.push(boundary);
  }
  return strongest(peaks, novelty, minDistance);
}

/**
 * Ever fewer of the change points, the strongest of each neighbourhood, until no more than `fewest` intervals are left:
 * at each step about half of them.
 * @param novelty `[N + 1]`, a value a boundary between samples; points are its indices.
 */
export function coarserPoints(points: readonly number[], novelty: Float64Array, fewest: number): number[][] {
  const levels: number[][] = [];
  let current: readonly number[] = points;
  while (current.length - 1 > fewest) {
    const inner = current.slice(1, -1);
    const usual = Math.ceil((novelty.length - 1) / inner.length);
    const coarser = strongest(inner, novelty, 2 * usual);
    if (coarser.length === current.length) break;
    levels.push(coarser);
    current = coarser;
  }
  return levels;
}

/** Of boundaries nearer than `minDistance` to each other the ones with more novelty, and both ends of the video. */
function strongest(boundaries: readonly number[], novelty: Float64Array, minDistance: number): number[] {
  const taken = new Uint8Array(novelty.length);
  const kept: number[] = [];
  for (const boundary of boundaries.toSorted((a, b) => novelty[b]! - novelty[a]! || a - b)) {
    if (taken[boundary]) continue;
    kept.push(boundary);
    taken.fill(1, Math.max(0, boundary - minDistance + 1), boundary + minDistance);
  }
  return [0, ...kept.sort((a, b) => a - b), novelty.length - 1];
}
