import type { Span } from '#preload/domain/span.ts';

/**
 * `span` with its end brought to where the next of `others` starts, or its start to where the one before ends, so that
 * the two touch without a gap. Those that it reaches already are passed over, so that asking again goes on to the one
 * after. Null where none is left on that side. Pure.
 */
export function extendEdge(span: Span, edge: 'start' | 'end', others: readonly Span[]): Span | null {
  const reachable =
    edge === 'end'
      ? others.map(({ startUs }) => startUs).filter((startUs) => startUs > span.endUs)
      : others.map(({ endUs }) => endUs).filter((endUs) => endUs < span.startUs);
  if (reachable.length === 0) return null;
  return edge === 'end'
    ? { startUs: span.startUs, endUs: Math.min(...reachable) }
    : { startUs: Math.max(...reachable), endUs: span.endUs };
}
