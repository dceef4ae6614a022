// Protects: what is told of covered time is what asking every span of every moment tells, and its spans never touch.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CoveredTime } from './covered-time.ts';
import { covers, type Span } from './span.ts';

const anySpan = fc
  .tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 1, max: 25 }))
  .map(([startUs, length]): Span => ({ startUs, endUs: startUs + length }));

test('whichever spans come, in whichever order', () => {
  fc.assert(
    fc.property(fc.array(anySpan), fc.array(anySpan), anySpan, (first, later, whole) => {
      const covered = new CoveredTime(first);
      for (const span of later) covered.add(span);
      const isIn = (spans: readonly Span[], us: number): boolean => spans.some((span) => covers(span, us));
      const gaps = covered.gapsIn(whole);
      for (let us = -25; us < 90; us += 1) {
        const isCovered = isIn([...first, ...later], us);
        expect(isIn(covered.spans, us)).toBe(isCovered);
        expect(isIn(gaps, us)).toBe(!isCovered && covers(whole, us));
      }
      for (const spans of [covered.spans, gaps])
        for (const [index, { startUs, endUs }] of spans.entries()) {
          expect(endUs).toBeGreaterThan(startUs);
          expect(startUs).toBeGreaterThan(spans[index - 1]?.endUs ?? -Infinity);
        }
    }),
  );
});
