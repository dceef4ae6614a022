// Protects: likely starts and ends are paired as far as lengths allow, in long videos as many a minute as in short ones;
// and a head believes in a span by its edges, by what is inside and beside it, and not where another begins within.
import { describe, expect, it } from 'vitest';
import { LearnedQuality, pairedBoundaries, type LearnedBoundaries } from './learned-boundaries.ts';
import { sampleGrid } from './sample-grid.ts';

const stepUs = 250_000;
const gridOf = (count: number) =>
  sampleGrid(
    Float64Array.from({ length: count }, (_, at) => at * stepUs),
    count * stepUs,
  );

/** Curves with actions on samples `[start, end)`. */
function curvesOf(count: number, actions: readonly (readonly [number, number])[]): LearnedBoundaries {
  const curves = {
    action: new Float64Array(count).fill(0.02),
    start: new Float64Array(count + 1).fill(0.01),
    end: new Float64Array(count + 1).fill(0.01),
    longestS: 5,
  };
  for (const [start, end] of actions) {
    curves.action.fill(0.95, start, end);
    curves.start[start] = 0.9;
    curves.end[end] = 0.9;
  }
  return curves;
}

describe('likely edges', () => {
  it('are paired where an end follows a start within the longest length, the beginning of the video included', () => {
    const curves = curvesOf(100, [
      [10, 18],
      [22, 30],
    ]);
    const { starts, ends } = pairedBoundaries(curves, gridOf(100), 0.2);
    expect([...starts].map((start, at) => [start, ends[at]])).toEqual([
      [0, 18],
      [10, 18],
      [10, 30],
      [22, 30],
    ]);
  });

  it('are as many a minute in an hour as in a clip', () => {
    const actions = Array.from({ length: 700 }, (_, at) => [20 * at + 4, 20 * at + 12] as const);
    const { starts, ends } = pairedBoundaries(curvesOf(14_400, actions), gridOf(14_400), 0.2);
    const found = new Set([...starts].map((start, at) => `${start} ${ends[at]}`));
    expect(actions.filter(([start, end]) => found.has(`${start} ${end}`))).toHaveLength(700);
  });
});

describe('how much a head believes in a span', () => {
  const quality = new LearnedQuality(
    curvesOf(100, [
      [10, 18],
      [22, 30],
    ]),
    0.25,
  );

  it('is most where both edges are right, less where one is off, and hardly for two in one or nothing', () => {
    const [right, late, both, nothing] = [
      quality.of(10, 18),
      quality.of(10, 20),
      quality.of(10, 30),
      quality.of(50, 58),
    ];
    expect(right).toBeGreaterThan(0.7);
    expect(late).toBeLessThan(right / 2);
    expect(both).toBeLessThan(right / 50);
    expect(nothing).toBeLessThan(0.01);
  });

  it('does not go by edges of lengths that it has never seen', () => {
    const on = curvesOf(400, []);
    on.action.fill(0.95, 50, 350);
    const long = new LearnedQuality(on, 0.25);
    expect(long.of(50, 350)).toBeGreaterThan(0.9);
    expect(long.of(50, 60)).toBeLessThan(0.01);
    expect(long.of(150, 350)).toBeLessThan(long.of(50, 350) / 1.5);
  });

  it('is a probability, whatever rounding does to sums', () => {
    const sure = { ...curvesOf(60, []), action: new Float64Array(60).fill(1) };
    const all = new LearnedQuality(sure, 0.25);
    for (let start = 0; start < 50; start += 7)
      for (const end of [start + 1, start + 2, start + 9]) {
        expect(all.of(start, end)).toBeGreaterThanOrEqual(0);
        expect(all.of(start, end)).toBeLessThanOrEqual(1);
      }
  });
});
