import type { SampleSpans } from './span-collector.ts';

/** How finely scores are told apart when candidates are put in order. */
const scoreSteps = 2 ** 30;

/**
 * The best spans of which no two have a tIoU of `minTIoU` or more: greedy hard suppression by descending score, until
 * `limit` spans are kept. Gives indices into `spans`, best first; equal scores in the order of the spans.
 *
 * Made for hundreds of thousands of candidates: a kept span can only be a near duplicate when it starts within
 * (1 − t) / t of the candidate's length, so only those starts are looked at.
 *
 * @param scores in [0, 1], one for each span. @param sampleCount N of the spans' `0 … N`.
 */
export function withoutNearDuplicates(
  spans: SampleSpans,
  scores: Float64Array,
  sampleCount: number,
  minTIoU: number,
  limit: number,
): number[] {
  const { starts, ends } = spans;
  // Score and index in one number sort natively, without a comparing function.
  const keys = scores.map((score, index) => Math.round((1 - score) * scoreSteps) * 2 ** 22 + index);
  keys.sort();
  const kept: number[] = [];
  /** For each start the position in `kept` of its latest span, and from each kept span to the one before. */
  const latestAt = new Int32Array(sampleCount + 1).fill(-1);
  const before: number[] = [];
  for (const key of keys) {
    if (kept.length === limit) break;
    const index = key % 2 ** 22;
    if (hasDuplicate(starts[index]!, ends[index]!)) continue;
    before.push(latestAt[starts[index]!]!);
    latestAt[starts[index]!] = kept.length;
    kept.push(index);
  }
  return kept;

  function hasDuplicate(start: number, end: number): boolean {
    // Rounding must not lose a start that lies just on the edge.
    const reach = Math.floor(((1 - minTIoU) / minTIoU) * (end - start) + 1e-9);
    const last = Math.min(sampleCount, start + reach);
    for (let near = Math.max(0, start - reach); near <= last; near += 1) {
      for (let position = latestAt[near]!; position >= 0; position = before[position]!) {
        const otherEnd = ends[kept[position]!]!;
        const shared = Math.min(end, otherEnd) - Math.max(start, near);
        const union = end - start + (otherEnd - near) - shared;
        if (shared / union >= minTIoU) return true;
      }
    }
    return false;
  }
}
