import { secondsOf, type Span } from '#preload/domain/span.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/**
 * How the history tells where a segment was moved: `start 1.20 → 1.28 s`, `end …`, or both. In hundredths, in
 * thousandths where those do not tell it; nothing where nothing moved.
 */
export function moveWords(before: Span, after: Span): Saying[] {
  const moved = (['startUs', 'endUs'] as const).filter((edge) => before[edge] !== after[edge]);
  return moved.map((edge) => {
    const digits = [2, 3, 6].find((count) => text(before[edge], count) !== text(after[edge], count)) ?? 6;
    const from = { value: secondsOf(before[edge]), digits };
    const to = { value: secondsOf(after[edge]), digits };
    return edge === 'startUs'
      ? say('start {{from}} → {{to}} s', { from, to })
      : say('end {{from}} → {{to}} s', { from, to });
  });
}

const text = (us: number, digits: number): string => secondsOf(us).toFixed(digits);
