// Protects: means of any stretch, from block sums, are the plain means.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { gaussianSmooth, localRise, movingAverage } from '../propose/curves.ts';
import { sampleGrid, samplesOf } from '../propose/sample-grid.ts';
import { SpanMeans } from './span-means.ts';
import { randomDirections } from '../propose/synthetic-video.ts';
import { unitRows } from './unit-rows.ts';

describe('span means', () => {
  it('are the means of the samples inside', () => {
    const dim = 3;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), fc.nat(), fc.nat(), (count, a, b) => {
        const features = randomDirections(count, dim, seededRandom(count));
        const start = a % count;
        const end = start + 1 + (b % (count - start));
        const mean = new SpanMeans(features, dim).mean(start, end, new Float64Array(dim));
        for (let index = 0; index < dim; index += 1) {
          let sum = 0;
          for (let sample = start; sample < end; sample += 1) sum += features[sample * dim + index]!;
          expect(mean[index]).toBeCloseTo(sum / (end - start), 9);
        }
      }),
    );
  });

  it('refuse empty stretches', () => {
    expect(() => new SpanMeans(new Float32Array(4), 2).mean(1, 1, new Float64Array(2))).toThrow(RangeError);
  });
});

describe('unit rows', () => {
  it('are the very array where nothing is to be done', () => {
    const rows = randomDirections(4, 8, seededRandom(3));
    expect(unitRows(rows, 8)).toBe(rows);
    const scaled = unitRows(
      rows.map((value) => 7 * value),
      8,
    );
    expect([...scaled]).toEqual(Array.from(rows, (value) => expect.closeTo(value, 6)));
  });

  it.each([
    [0, 0],
    [NaN, 1],
    [Infinity, 0],
  ])('refuse (%f, %f)', (...row) => {
    expect(() => unitRows(Float32Array.of(1, 0, ...row), 2)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('a sample grid', () => {
  it('gives each sample the moments nearest to it', () => {
    expect(sampleGrid(Float64Array.of(0, 1e6, 3e6), 4e6)).toEqual({
      count: 3,
      edgesUs: Float64Array.of(0, 0.5e6, 2e6, 4e6),
      stepS: 2,
    });
    expect(sampleGrid(Float64Array.of(500), 1e6)).toEqual({
      count: 1,
      edgesUs: Float64Array.of(0, 1e6),
      stepS: 0.9995,
    });
    expect(samplesOf(sampleGrid(Float64Array.of(0, 250_000, 500_000), 750_000), 0.7)).toBe(3);
  });

  it.each([
    [[], 1],
    [[0, 0], 1],
    [[2, 1], 3],
    [[0, 1], 1],
  ])('refuses times %j that end at %i', (timesUs, endUs) => {
    expect(() => sampleGrid(Float64Array.from(timesUs), endUs)).toThrow(RangeError);
  });
});

describe('curves', () => {
  it('stay constant when they are smoothed', () => {
    const flat = new Float64Array(9).fill(0.1);
    for (const smooth of [movingAverage(flat, 3), gaussianSmooth(flat, 2)]) {
      expect([...smooth]).toEqual(Array.from(flat, (value) => expect.closeTo(value, 15)));
    }
  });

  it('are averaged over an odd window with repeated ends', () => {
    expect([...movingAverage(Float64Array.of(0, 3, 0, 0), 3)]).toEqual([1, 1, 1, 0]);
    expect([...movingAverage(Float64Array.of(0, 3, 0, 0), 1)]).toEqual([0, 3, 0, 0]);
  });

  it('scale to [0, 1], unless they are constant', () => {
    expect(localRise(Float64Array.of(2, 4, 3), 2, 0.1)).toEqual(Float64Array.of(0, 1, 0.5));
    expect(localRise(Float64Array.of(2, 2.05, 2), 2, 0.1)).toEqual(new Float64Array(3));
    // A peak far away changes nothing.
    expect(localRise(Float64Array.of(1, 2, 1, 1, 1, 90), 1, 0.1).slice(0, 3)).toEqual(Float64Array.of(0, 1, 0));
  });
});
