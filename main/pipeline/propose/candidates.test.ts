// Protects: grouping in O(N) finds exactly the groups of its definition; candidates come once and long enough.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseFeatures } from './analyse-features.ts';
import { candidateSpans } from './candidates.ts';
import { defaultLocalisationSettings } from './localisation-settings.ts';
import { withoutNearDuplicates } from './near-duplicates.ts';
import { RangeMaximum } from './range-maximum.ts';
import { snapToChangePoints } from './snap-boundaries.ts';
import type { SampleSpans } from './span-collector.ts';
import { SpanCollector } from './span-collector.ts';
import { TemporalGrouping } from './temporal-grouping.ts';

const pairs = ({ starts, ends }: SampleSpans): [number, number][] =>
  Array.from(starts, (start, index) => [start, ends[index]!]);

/** Grow from each run's start to the right, and from each run's end to the left, one sample at a time. */
function groupsByDefinition(above: readonly boolean[], tolerancePercent: number): Set<string> {
  const count = above.length;
  const isWithin = (start: number, end: number): boolean =>
    100 * above.slice(start, end).filter((isAbove) => !isAbove).length <= tolerancePercent * (end - start);
  const groups = new Set<string>();
  for (let sample = 0; sample < count; sample += 1) {
    if (!above[sample]) continue;
    if (!above[sample - 1]) {
      let end = sample + 1;
      while (end < count && isWithin(sample, end + 1)) end += 1;
      while (!above[end - 1]) end -= 1;
      groups.add(`${sample}-${end}`);
    }
    if (!above[sample + 1]) {
      let start = sample;
      while (start > 0 && isWithin(start - 1, sample + 1)) start -= 1;
      while (!above[start]) start += 1;
      groups.add(`${start}-${sample + 1}`);
    }
  }
  return groups;
}

describe('temporal actionness grouping', () => {
  it('finds the groups of its definition', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
        fc.constantFrom(0, 5, 10, 20, 30, 50, 80),
        (above, tolerance) => {
          const spans = new SpanCollector(above.length);
          const curve = Float64Array.from(above, (isAbove) => (isAbove ? 1 : 0));
          new TemporalGrouping(above.length).group(curve, [0.5], [tolerance], spans);
          const found = new Set(pairs(spans.distinct()).map(([start, end]) => `${start}-${end}`));
          expect(found).toEqual(groupsByDefinition(above, tolerance));
        },
      ),
    );
  });

  it('joins two runs over a short gap, as far as the tolerance allows', () => {
    const curve = Float64Array.of(0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0);
    const spans = new SpanCollector(11);
    new TemporalGrouping(11).group(curve, [0.5], [10, 30], spans);
    expect(pairs(spans.distinct())).toEqual([
      [1, 4],
      [1, 8],
      [5, 8],
    ]);
  });
});

const settings = defaultLocalisationSettings.proposal;
/** Eight seconds at 4 fps: one scene, and another from sample 12 on. */
const twoScenes = (() => {
  const features = Float32Array.from({ length: 64 }, (_, index) => (index % 2 === (index < 24 ? 0 : 1) ? 1 : 0));
  return analyseFeatures(
    { features, timesUs: Float64Array.from({ length: 32 }, (_, index) => index * 250_000), dim: 2 },
    8e6,
  );
})();

describe('candidates', () => {
  it('are the unions of intervals between change points', () => {
    expect(pairs(candidateSpans([], twoScenes, settings))).toEqual([
      [0, 12],
      [0, 32],
      [12, 32],
    ]);
  });

  it('last at least the least duration', () => {
    const curve = new Float64Array(32);
    curve[4] = 1;
    curve.fill(1, 20, 22);
    const found = pairs(candidateSpans([curve], twoScenes, { ...settings, minDurationS: 0.3 }));
    expect(found).toContainEqual([20, 22]);
    expect(found).not.toContainEqual([4, 5]);
  });

  it('are the whole video where it is shorter than the least duration', () => {
    expect(pairs(candidateSpans([], twoScenes, { ...settings, minDurationS: 100 }))).toEqual([[0, 32]]);
  });

  it('snap to the change point near an end, but not to a far one', () => {
    const spans = { starts: Int32Array.of(10, 13, 14), ends: Int32Array.of(24, 29, 19) };
    expect(pairs(snapToChangePoints(spans, twoScenes, settings))).toEqual([
      [12, 24],
      [12, 29],
      [14, 19],
    ]);
  });
});

describe('near duplicates', () => {
  it('leave what plain hard suppression leaves', () => {
    const span = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 30 }), fc.nat(20));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 60 }), fc.constantFrom(0.5, 0.7, 0.9), (input, minTIoU) => {
        const starts = Int32Array.from(input, ([start]) => start);
        const ends = Int32Array.from(input, ([start, length]) => start + length);
        const scores = Float64Array.from(input, ([, , score]) => score / 20);
        const expected: number[] = [];
        const tIoU = (a: number, b: number): number => {
          const shared = Math.max(0, Math.min(ends[a]!, ends[b]!) - Math.max(starts[a]!, starts[b]!));
          return shared / (ends[a]! - starts[a]! + (ends[b]! - starts[b]!) - shared);
        };
        for (const index of [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b)) {
          if (expected.every((kept) => tIoU(kept, index) < minTIoU)) expected.push(index);
        }
        expect(withoutNearDuplicates({ starts, ends }, scores, 71, minTIoU, Infinity)).toEqual(expected);
        expect(withoutNearDuplicates({ starts, ends }, scores, 71, minTIoU, 3)).toEqual(expected.slice(0, 3));
      }),
    );
  });
});

describe('range maximum', () => {
  it('is the highest value of any range', () => {
    fc.assert(
      fc.property(fc.float64Array({ minLength: 1, maxLength: 40, noNaN: true }), (curve) => {
        const maximum = new RangeMaximum(curve);
        for (let start = 0; start < curve.length; start += 1) {
          for (let end = start + 1; end <= curve.length; end += 1) {
            expect(maximum.of(start, end)).toBe(Math.max(...curve.subarray(start, end)));
          }
        }
      }),
    );
  });
});
