// Protects: average precision as the ActivityNet toolkit computes it, on cases small enough to check by hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelledSegment, PredictedSegment } from './labelled-segments.ts';
import { segmentTIoU } from './labelled-segments.ts';
import { interpolatedAveragePrecision, meanAveragePrecision } from './mean-average-precision.ts';
import { protocols } from './protocols.ts';

const truth = (startS: number, endS: number, label = 'a'): LabelledSegment => ({ startS, endS, label });
const predicted = (startS: number, endS: number, score: number, label = 'a'): PredictedSegment => ({
  startS,
  endS,
  label,
  score,
});
const mapOf = (truths: LabelledSegment[], predictions: PredictedSegment[], tIoU = 0.5): number =>
  meanAveragePrecision(new Map([['v', truths]]), new Map([['v', predictions]]), [tIoU]).averageMap;

describe('interpolated average precision', () => {
  it.each([
    [[1, 0, 1], 2, 0.5 * 1 + 0.5 * (2 / 3)],
    [[0, 1], 1, 0.5],
    [[1], 4, 0.25],
    [[0, 0, 1, 1], 2, 0.5],
    [[0, 0], 2, 0],
    [[], 2, 0],
  ])('of %j with %i positives is %f', (hits, positives, expected) => {
    expect(interpolatedAveragePrecision(hits, positives)).toBeCloseTo(expected, 12);
  });

  it('is 1 exactly when all true ones come first and none is missed', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), fc.nat(3), (input, missed) => {
        const hits = input.map(Number);
        const found = hits.reduce((a, b) => a + b, 0);
        fc.pre(found + missed > 0);
        const precision = interpolatedAveragePrecision(hits, found + missed);
        expect(precision).toBeGreaterThanOrEqual(0);
        expect(precision).toBeLessThanOrEqual(1 + 1e-12);
        const isPerfect = missed === 0 && hits.slice(0, found).every((hit) => hit === 1);
        expect(Math.abs(precision - 1) < 1e-12).toBe(isPerfect);
      }),
    );
  });
});

describe('mean average precision', () => {
  it('counts a second prediction of the same segment as false', () => {
    expect(
      mapOf([truth(0, 10), truth(20, 30)], [predicted(0, 10, 0.9), predicted(0, 9, 0.8), predicted(20, 30, 0.7)]),
    ).toBeCloseTo(5 / 6, 12);
  });

  it('lets a prediction fall back to another segment that it overlaps enough', () => {
    const truths = [truth(0, 10), truth(1, 11)];
    expect(mapOf(truths, [predicted(0, 10, 0.9), predicted(0, 10, 0.8)], 0.5)).toBe(1);
    expect(mapOf(truths, [predicted(0, 10, 0.9), predicted(0, 10, 0.8)], 0.9)).toBe(0.5);
  });

  it('averages over the classes of the ground truth only', () => {
    const truths = [truth(0, 10, 'a'), truth(0, 10, 'b')];
    expect(mapOf(truths, [predicted(0, 10, 0.9, 'a'), predicted(0, 10, 1, 'c')])).toBe(0.5);
  });

  it('counts predictions in other videos as false', () => {
    const predictions = new Map([
      ['w', [predicted(0, 10, 0.9)]],
      ['v', [predicted(0, 10, 0.8)]],
    ]);
    expect(meanAveragePrecision(new Map([['v', [truth(0, 10)]]]), predictions, [0.5]).averageMap).toBe(0.5);
  });

  it('takes equal scores by video and then by start', () => {
    const truths = new Map([['v', [truth(20, 30)]]]);
    const [early, late] = [predicted(0, 10, 0.5), predicted(20, 30, 0.5)];
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      expect(meanAveragePrecision(truths, new Map([['v', order]]), [0.5]).averageMap).toBe(0.5);
    }
  });

  it('meets thresholds with numpy’s rounding', () => {
    expect(protocols.activitynet.tIoUs).toEqual([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95]);
    expect(protocols.thumos14.tIoUs).toEqual([0.3, 0.39999999999999997, 0.5, 0.6, 0.7]);
    expect(mapOf([truth(0, 10)], [predicted(0, 6, 1)], 0.6)).toBe(1);
  });

  it('stays in [0, 1], and at 0 above a threshold at which nothing matches', () => {
    const segments = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 20 }), fc.nat(100)), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(segments, segments, (truths, predictions) => {
        const { map } = meanAveragePrecision(
          new Map([['v', truths.map(([start, length]) => truth(start, start + length))]]),
          new Map([['v', predictions.map(([start, length, score]) => predicted(start, start + length, score))]]),
          [0.3, 0.5, 0.7, 0.9],
        );
        expect(map[0] !== 0 || map.every((value) => value === 0)).toBe(true);
        for (const value of map) expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
      }),
    );
  });

  it('has no overlap between empty segments', () => {
    expect(segmentTIoU(truth(1, 1), truth(1, 1))).toBe(0);
  });
});
