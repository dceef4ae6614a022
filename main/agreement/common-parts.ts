import { covers, type Span } from '#preload/domain/span.ts';

/** What two were both asked for of a video, in order; null stands for all of it. */
export function commonParts(a: readonly Span[] | null, b: readonly Span[] | null): readonly Span[] | null {
  if (a === null || b === null) return a ?? b;
  return a
    .flatMap((one) =>
      b.map((other) => ({
        startUs: Math.max(one.startUs, other.startUs),
        endUs: Math.min(one.endUs, other.endUs),
      })),
    )
    .filter(({ startUs, endUs }) => startUs < endUs)
    .toSorted((one, other) => one.startUs - other.startUs);
}

/** A segment belongs to the part in which it starts, so that one over an edge is nobody's twice. */
export const startsIn = ({ startUs }: Span, parts: readonly Span[] | null): boolean =>
  parts === null || parts.some((part) => covers(part, startUs));
