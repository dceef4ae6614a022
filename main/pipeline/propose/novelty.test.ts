// Protects: the running difference is the checkerboard kernel on the self-similarity matrix, and peaks become cuts.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { unitRows } from '../vectors/unit-rows.ts';
import { changePoints, coarserPoints } from './change-points.ts';
import { boundaryNovelty } from './novelty.ts';
import { sampleGrid } from './sample-grid.ts';
import { randomDirections } from './synthetic-video.ts';

const dim = 6;
/** All of these videos are shorter than what a moment is compared with. */
const windowsS = (...noveltyWindowsS: number[]) => ({ noveltyWindowsS, contextS: 1000 });
const grid = (count: number) =>
  sampleGrid(
    Float64Array.from({ length: count }, (_, index) => index * 1e6),
    count * 1e6,
  );

/** The definition: means over the blocks of the self-similarity matrix, scaled near the ends, then z-scored. */
function checkerboardByDefinition(features: Float32Array, count: number, window: number): number[] {
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let index = 0; index < dim; index += 1) sum += features[a * dim + index]! * features[b * dim + index]!;
    return sum;
  };
  const values: number[] = [];
  for (let boundary = 1; boundary < count; boundary += 1) {
    const half = Math.min(window, boundary, count - boundary);
    let sum = 0;
    for (let a = boundary - half; a < boundary + half; a += 1) {
      for (let b = boundary - half; b < boundary + half; b += 1)
        sum += (a < boundary === b < boundary ? 1 : -1) * dot(a, b);
    }
    values.push((sum / (half * half)) * (half / window));
  }
  const mean = values.reduce((a, b) => a + b) / values.length;
  const spread = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / spread);
}

describe('boundary novelty', () => {
  it.each([
    [20, 3],
    [21, 3],
    [9, 4],
    [8, 4],
    [7, 4],
    [6, 4],
    [3, 2],
  ])('is the checkerboard kernel: %i samples, window %i', (count, window) => {
    const features = randomDirections(count, dim, seededRandom(count));
    const novelty = boundaryNovelty(features, dim, grid(count), windowsS(window));
    expect(novelty[0]).toBe(0);
    expect(novelty[count]).toBe(0);
    const expected = checkerboardByDefinition(features, count, window);
    for (const [index, value] of expected.entries()) expect(novelty[index + 1]).toBeCloseTo(value, 5);
  });

  it('takes the clearest window at each boundary', () => {
    const features = randomDirections(30, dim, seededRandom(5));
    const both = boundaryNovelty(features, dim, grid(30), windowsS(2, 5));
    const [short, long] = [2, 5].map((window) => boundaryNovelty(features, dim, grid(30), windowsS(window)));
    for (let boundary = 1; boundary < 30; boundary += 1) {
      expect(both[boundary]).toBe(Math.max(short![boundary]!, long![boundary]!));
    }
  });

  it.each([1, 2, 50])('is zero for %i equal samples', (count) => {
    const features = Float32Array.from({ length: count * dim }, (_, index) =>
      index % dim === 0 ? 0.6 : index % dim === 1 ? 0.8 : 0,
    );
    expect([...boundaryNovelty(features, dim, grid(count), windowsS(1, 4))].every((value) => value === 0)).toBe(true);
  });

  it('is told beside the surroundings: a lively stretch does not hide the changes of a calm one', () => {
    const count = 400;
    const features = new Float32Array(count * dim);
    const random = seededRandom(8);
    const scenes = randomDirections(40, dim, seededRandom(9));
    for (let row = 0; row < count; row += 1) {
      // A new scene every five seconds, then one scene that changes a little every fifty.
      const scene = row < 200 ? Math.floor(row / 5) : 0;
      for (let index = 0; index < dim; index += 1) {
        const step = row < 200 ? 0 : 0.6 * scenes[(1 + Math.floor(row / 50)) * dim + index]!;
        features[row * dim + index] = scenes[scene * dim + index]! + step + 0.01 * random.normal();
      }
    }
    const settings = { noveltyWindowsS: [4], contextS: 100 };
    const found = boundaryNovelty(unitRows(features, dim), dim, grid(count), settings);
    expect(found[350]).toBeGreaterThan(1);
    expect(found[350]).toBeGreaterThan(found[325]! + 1);
  });
});

describe('coarser change points', () => {
  it('are ever fewer of the strongest, until few intervals are left', () => {
    const random = seededRandom(1);
    const novelty = Float64Array.from({ length: 1001 }, () => random.between(0, 1));
    const points = changePoints(novelty, 0.5, 2);
    const levels = coarserPoints(points, novelty, 8);
    expect(levels.length).toBeGreaterThan(2);
    for (const [index, level] of levels.entries()) {
      const finer = levels[index - 1] ?? points;
      expect(level.length).toBeLessThan(0.8 * finer.length);
      expect(finer).toEqual(expect.arrayContaining(level));
      expect([level[0], level.at(-1)]).toEqual([0, 1000]);
    }
    expect(levels.at(-1)!.length - 1).toBeLessThanOrEqual(8);
  });
});

describe('change points', () => {
  it('are the peaks above the least novelty and both ends', () => {
    expect(changePoints(Float64Array.of(0, 0, 2, 0, 1.5, 1.5, 0, 0.9, 0, 3, 0), 1, 1)).toEqual([0, 2, 4, 9, 10]);
  });

  it('keep the stronger of two that are too near', () => {
    expect(changePoints(Float64Array.of(0, 2, 0, 3, 0, 0, 2, 0), 1, 3)).toEqual([0, 3, 6, 7]);
  });

  it('are only the ends where nothing changes', () => {
    expect(changePoints(new Float64Array(9), 1, 2)).toEqual([0, 8]);
  });
});
