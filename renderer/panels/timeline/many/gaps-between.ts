import { CoveredTime } from '#preload/domain/covered-time.ts';
import { durationUs, type Span } from '#preload/domain/span.ts';

/** What of `whole` no span covers, in order, as far as it is `leastUs` long. Pure. */
export const gapsBetween = (whole: Span, spans: readonly Span[], leastUs = 1): Span[] =>
  new CoveredTime(spans).gapsIn(whole).filter((gap) => durationUs(gap) >= leastUs);
