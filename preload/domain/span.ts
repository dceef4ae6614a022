/**
 * A half-open stretch `[startUs, endUs)` of a video, in integer microseconds on the timeline that the player shows:
 * the frame that starts at `endUs` is not part of it.
 */
export interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

export const microsecondsPerSecond = 1_000_000;

export const secondsOf = (us: number): number => us / microsecondsPerSecond;

/** Nearest whole microsecond. */
export const microsecondsOf = (seconds: number): number => Math.round(seconds * microsecondsPerSecond);

export const durationUs = (span: Span): number => span.endUs - span.startUs;

/** Whether a time is within a span. */
export const covers = ({ startUs, endUs }: Span, us: number): boolean => startUs <= us && us < endUs;

/** Length of the overlap of two spans, in microseconds; 0 where they only touch. */
export function overlapUs(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.endUs, b.endUs) - Math.max(a.startUs, b.startUs));
}

/** Temporal intersection over union in [0, 1]; 0 for two empty spans. */
export function temporalIoU(a: Span, b: Span): number {
  const shared = overlapUs(a, b);
  const union = durationUs(a) + durationUs(b) - shared;
  return union > 0 ? shared / union : 0;
}

/** The span from the earliest start to the latest end; null for none. */
export function spanningOf(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return null;
  return {
    startUs: spans.reduce((least, { startUs }) => Math.min(least, startUs), Infinity),
    endUs: spans.reduce((most, { endUs }) => Math.max(most, endUs), -Infinity),
  };
}
