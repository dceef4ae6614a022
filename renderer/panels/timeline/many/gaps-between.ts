import type { Span } from '#preload/domain/span.ts';

/** What of `whole` no span covers, in order, as far as it is `leastUs` long. Pure. */
export function gapsBetween(whole: Span, spans: readonly Span[], leastUs = 1): Span[] {
  const gaps: Span[] = [];
  let from = whole.startUs;
  const take = (to: number): void => {
    if (to - from >= Math.max(1, leastUs)) gaps.push({ startUs: from, endUs: to });
  };
  for (const { startUs, endUs } of spans.toSorted((a, b) => a.startUs - b.startUs)) {
    take(Math.min(startUs, whole.endUs));
    from = Math.max(from, endUs);
  }
  take(whole.endUs);
  return gaps;
}
