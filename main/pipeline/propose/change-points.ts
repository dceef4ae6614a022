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
  peaks.sort((a, b) => novelty[b]! - novelty[a]! || a - b);
  const taken = new Uint8Array(novelty.length);
  const kept: number[] = [];
  for (const peak of peaks) {
    if (taken[peak]) continue;
    kept.push(peak);
    taken.fill(1, Math.max(0, peak - minDistance + 1), peak + minDistance);
  }
  return [0, ...kept.sort((a, b) => a - b), last];
}
