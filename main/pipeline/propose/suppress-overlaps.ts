import type { Span } from '#preload/domain/span.ts';

/** A stretch of video with a score; higher is better. */
export interface ScoredSpan extends Span {
  readonly score: number;
}

/** How the score of a span decays when a better one overlaps it by `tIoU`. */
export type SoftNmsMethod =
  { readonly decay: 'gaussian'; readonly sigma: number } | { readonly decay: 'linear'; readonly minTIoU: number };

export interface SoftNmsLimits {
  /** Spans whose score falls below this are dropped. */
  readonly minScore: number;
  readonly maxKept: number;
}

/**
 * Overlap as ActionFormer's suppression measures it: every length is one microsecond longer, so that empty spans
 * divide by something.
 */
function suppressionTIoU(startA: number, endA: number, startB: number, endB: number): number {
  const shared = Math.max(0, Math.min(endA, endB) - Math.max(startA, startB));
  return shared / (endA - startA + 1 + (endB - startB + 1) - shared);
}

/** Best first; equal scores by start, then by end, so that the answer does not depend on the order of the input. */
function byDescendingScore(a: ScoredSpan, b: ScoredSpan): number {
  return b.score - a.score || a.startUs - b.startUs || a.endUs - b.endUs;
}

/**
 * Hard non-maximum suppression: the best span stays, every span with a tIoU of `minTIoU` or more with it goes, and so
 * on. Best first. (ActionFormer `nms_cpu.cpp`.)
 */
export function suppressHard<T extends ScoredSpan>(spans: readonly T[], minTIoU: number): T[] {
  const kept: T[] = [];
  for (const span of spans.toSorted(byDescendingScore)) {
    const isSuppressed = kept.some(
      (better) => suppressionTIoU(better.startUs, better.endUs, span.startUs, span.endUs) >= minTIoU,
    );
    if (!isSuppressed) kept.push(span);
  }
  return kept;
}

/**
 * Soft non-maximum suppression (Bodla et al. 2017, as in ActionFormer `nms_cpu.cpp`): take the best span, lower the
 * score of all others by their overlap with it, repeat. Gaussian: `score · exp(−tIoU² / sigma)` at any overlap. Linear:
 * `score · (1 − tIoU)` from `minTIoU` on. Gives the spans in the order taken, with their lowered scores.
 */
export function suppressSoftly<T extends ScoredSpan>(
  spans: readonly T[],
  method: SoftNmsMethod,
  limits: SoftNmsLimits,
): T[] {
  const ordered = spans.toSorted(byDescendingScore);
  const starts = Float64Array.from(ordered, (span) => span.startUs);
  const ends = Float64Array.from(ordered, (span) => span.endUs);
  const scores = Float64Array.from(ordered, (span) => span.score);
  /** Indices into `ordered` that wait, always ascending, so that the first of equal scores is taken first. */
  const waiting = Int32Array.from(ordered.keys());
  let waitingCount = ordered.length;
  const taken: T[] = [];
  let best = waitingCount > 0 && scores[0]! >= limits.minScore ? 0 : -1;
  while (best >= 0 && taken.length < limits.maxKept) {
    taken.push({ ...ordered[best]!, score: scores[best]! });
    const start = starts[best]!;
    const end = ends[best]!;
    let next = -1;
    let kept = 0;
    for (let position = 0; position < waitingCount; position += 1) {
      const index = waiting[position]!;
      if (index === best) continue;
      if (starts[index]! < end && start < ends[index]!) {
        scores[index]! *= decay(suppressionTIoU(start, end, starts[index]!, ends[index]!), method);
      }
      const score = scores[index]!;
      if (score < limits.minScore) continue;
      waiting[kept++] = index;
      if (next < 0 || score > scores[next]!) next = index;
    }
    waitingCount = kept;
    best = next;
  }
  return taken;
}

function decay(tIoU: number, method: SoftNmsMethod): number {
  if (method.decay === 'gaussian') return Math.exp(-(tIoU * tIoU) / method.sigma);
  return tIoU >= method.minTIoU ? 1 - tIoU : 1;
}
