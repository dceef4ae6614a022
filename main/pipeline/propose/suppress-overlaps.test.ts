// Protects: hard and soft suppression as ActionFormer computes them, whatever the order of the input.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScoredSpan, SoftNmsMethod } from './suppress-overlaps.ts';
import { suppressHard, suppressSoftly } from './suppress-overlaps.ts';

const seconds = (startS: number, endS: number, score: number): ScoredSpan => ({
  startUs: startS * 1e6,
  endUs: endS * 1e6,
  score,
});
const unlimited = { minScore: 0, maxKept: Infinity };
const gaussian: SoftNmsMethod = { decay: 'gaussian', sigma: 0.5 };
const linear: SoftNmsMethod = { decay: 'linear', minTIoU: 0.3 };

const spans = fc.array(
  fc
    .tuple(fc.nat(1e7), fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 1000 }))
    .map(([startUs, length, score]): ScoredSpan => ({ startUs, endUs: startUs + length, score: score / 1000 })),
  { maxLength: 30 },
);
const methods = fc.constantFrom(gaussian, linear);

describe('hard suppression', () => {
  it('keeps the best of those that overlap enough', () => {
    const [best, half, apart] = [seconds(0, 10, 0.9), seconds(0, 5, 0.8), seconds(20, 30, 0.1)];
    expect(suppressHard([apart, half, best], 0.4)).toEqual([best, apart]);
    expect(suppressHard([apart, half, best], 0.6)).toEqual([best, half, apart]);
  });

  it('leaves a suppressed span no say', () => {
    // The middle one overlaps both others, which do not overlap each other.
    const chain = [seconds(0, 10, 0.9), seconds(5, 15, 0.8), seconds(10, 20, 0.7)];
    expect(suppressHard(chain, 0.3)).toEqual([chain[0], chain[2]]);
  });

  it('changes nothing the second time, and does not depend on the order', () => {
    fc.assert(
      fc.property(spans, fc.double({ min: 0.05, max: 1, noNaN: true }), (input, minTIoU) => {
        const kept = suppressHard(input, minTIoU);
        expect(suppressHard(kept, minTIoU)).toEqual(kept);
        expect(suppressHard(input.toReversed(), minTIoU)).toEqual(kept);
      }),
    );
  });
});

describe('soft suppression', () => {
  it('decays by exp(−tIoU² / sigma) at any overlap', () => {
    const [first, second] = suppressSoftly([seconds(0, 10, 0.9), seconds(5, 10, 0.8)], gaussian, unlimited);
    expect(first!.score).toBe(0.9);
    expect(second!.score).toBeCloseTo(0.8 * Math.exp(-(0.5 ** 2) / 0.5), 6);
  });

  it('decays by 1 − tIoU from the least overlap on', () => {
    const input = [seconds(0, 10, 0.9), seconds(5, 10, 0.8), seconds(8, 18, 0.7)];
    const kept = suppressSoftly(input, linear, unlimited);
    expect(kept.map((span) => span.startUs / 1e6)).toEqual([0, 8, 5]);
    expect(kept[1]!.score).toBe(0.7);
    expect(kept[2]!.score).toBeCloseTo(0.4, 6);
  });

  it('compounds the decays of all better spans, in the order they are taken', () => {
    const input = [seconds(0, 10, 0.9), seconds(0, 5, 0.8), seconds(5, 10, 0.7)];
    const half = Math.exp(-0.5);
    expect(suppressSoftly(input, gaussian, unlimited).map((span) => span.score)).toEqual([
      0.9,
      expect.closeTo(0.8 * half, 6),
      expect.closeTo(0.7 * half, 6),
    ]);
  });

  it('drops what falls below the least score and what is too many', () => {
    const input = [seconds(0, 10, 0.9), seconds(0, 10, 0.8), seconds(20, 30, 0.3), seconds(40, 50, 0.2)];
    expect(suppressSoftly(input, gaussian, { minScore: 0.25, maxKept: 9 }).map((span) => span.score)).toEqual([
      0.9, 0.3,
    ]);
    expect(suppressSoftly(input, gaussian, { minScore: 0, maxKept: 1 })).toEqual([input[0]]);
    expect(suppressSoftly([], gaussian, unlimited)).toEqual([]);
  });

  it('never raises a score, gives falling scores, and does not depend on the order', () => {
    fc.assert(
      fc.property(spans, methods, (input, method) => {
        const distinct = [...new Map(input.map((span) => [`${span.startUs}-${span.endUs}`, span])).values()];
        const kept = suppressSoftly(distinct, method, unlimited);
        expect(kept.length).toBe(distinct.length);
        for (const span of kept) {
          const before = distinct.find((one) => one.startUs === span.startUs && one.endUs === span.endUs)!;
          expect(span.score).toBeLessThanOrEqual(before.score);
        }
        const scores = kept.map((span) => span.score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        expect(suppressSoftly(distinct.toReversed(), method, unlimited)).toEqual(kept);
      }),
    );
  });
});
