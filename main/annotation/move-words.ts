import { secondsOf, type Span } from '#preload/domain/span.ts';

/**
 * How the history tells where a segment was moved: `start 1.20 → 1.28 s`, `end …`, or both. In hundredths, in
 * thousandths where those do not tell it; empty where nothing moved.
 */
export function moveWords(before: Span, after: Span): string {
  const moved = (['startUs', 'endUs'] as const).filter((edge) => before[edge] !== after[edge]);
  const told = moved.map((edge) => {
    const digits = [2, 3, 6].find((count) => text(before[edge], count) !== text(after[edge], count)) ?? 6;
    return `${edge === 'startUs' ? 'start' : 'end'} ${text(before[edge], digits)} → ${text(after[edge], digits)} s`;
  });
  return told.join(', ');
}

const text = (us: number, digits: number): string => secondsOf(us).toFixed(digits);
