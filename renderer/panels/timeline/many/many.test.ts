// Protects: windows stand where their length and stride say and nowhere outside; gaps are all that is left, once.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '#preload/domain/span.ts';
import { countWindows, fixedWindows } from './fixed-windows.ts';
import { gapsBetween } from './gaps-between.ts';

const anySpan = fc
  .tuple(fc.integer({ min: -50, max: 300 }), fc.integer({ min: 1, max: 120 }))
  .map(([startUs, length]): Span => ({ startUs, endUs: startUs + length }));
const whole: Span = { startUs: 0, endUs: 240 };

describe('fixed windows', () => {
  const anyPlan = fc.record({
    lengthUs: fc.integer({ min: 1, max: 90 }),
    strideUs: fc.integer({ min: 1, max: 90 }),
    last: fc.constantFrom('drop' as const, 'cut' as const),
  });

  test('lie inside, a stride apart, and the next would not', () =>
    fc.assert(
      fc.property(anySpan, anyPlan, (span, plan) => {
        const windows = fixedWindows(span, plan);
        expect(countWindows(span, plan)).toBe(windows.length);
        windows.forEach(({ startUs, endUs }, index) => {
          expect(startUs).toBe(span.startUs + index * plan.strideUs);
          expect(endUs).toBeGreaterThan(startUs);
          expect(endUs).toBe(Math.min(startUs + plan.lengthUs, span.endUs));
        });
        const next = span.startUs + windows.length * plan.strideUs;
        if (plan.last === 'cut') expect(next).toBeGreaterThanOrEqual(span.endUs);
        else expect(next + plan.lengthUs).toBeGreaterThan(span.endUs);
      }),
    ));

  test('ten seconds in windows of four, two apart', () =>
    expect(fixedWindows({ startUs: 0, endUs: 10 }, { lengthUs: 4, strideUs: 2, last: 'drop' })).toHaveLength(4));
});

describe('gaps', () => {
  test('and spans together cover the whole, and never the same twice', () =>
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 20 }), (spans) => {
        const gaps = gapsBetween(whole, spans);
        const at = (list: readonly Span[], us: number) => list.filter((each) => each.startUs <= us && us < each.endUs);
        for (let us = whole.startUs; us < whole.endUs; us += 1)
          expect(at(gaps, us)).toHaveLength(at(spans, us).length > 0 ? 0 : 1);
        for (const gap of gaps) {
          expect(gap.startUs).toBeGreaterThanOrEqual(whole.startUs);
          expect(gap.endUs).toBeLessThanOrEqual(whole.endUs);
        }
      }),
    ));

  test('twice inverted, spans that do not touch are there again', () =>
    fc.assert(
      fc.property(fc.array(anySpan, { maxLength: 20 }), (spans) => {
        const once = gapsBetween(whole, spans);
        expect(gapsBetween(whole, gapsBetween(whole, once))).toEqual(once);
      }),
    ));

  test('too short to matter are left out', () =>
    expect(gapsBetween({ startUs: 0, endUs: 10 }, [{ startUs: 2, endUs: 5 }], 3)).toEqual([{ startUs: 5, endUs: 10 }]));
});
