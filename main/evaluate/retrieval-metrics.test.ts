// Protects: ranks count from 1, and equal scores earn nothing.
import { describe, expect, it } from 'vitest';
import { recognitionMetrics } from './recognition-metrics.ts';
import { retrievalMetrics } from './retrieval-metrics.ts';

describe('retrieval metrics', () => {
  it('are taken from the rank of each query’s own item', () => {
    // Ranks 1, 2, 3.
    const similarities = [0.9, 0.1, 0.2, 0.8, 0.5, 0.1, 0.8, 0.9, 0.7];
    expect(retrievalMetrics(similarities, 3)).toEqual({
      recallAt1: 1 / 3,
      recallAt5: 1,
      recallAt10: 1,
      medianRank: 2,
      meanRank: 2,
    });
  });

  it('give an even number of queries the middle of two ranks', () => {
    expect(retrievalMetrics([0.9, 0.1, 0.9, 0.1], 2).medianRank).toBe(1.5);
  });

  it('rank ties before the match', () => {
    expect(retrievalMetrics(new Float32Array(16), 4)).toMatchObject({ recallAt1: 0, meanRank: 4 });
  });

  it('refuse a matrix that is not square', () => {
    expect(() => retrievalMetrics([1, 2, 3], 2)).toThrow(RangeError);
    expect(() => retrievalMetrics([], 0)).toThrow(RangeError);
  });
});

describe('recognition metrics', () => {
  it('count the best and the best five', () => {
    const scores = [7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1];
    expect(recognitionMetrics(scores, [0, 4, 5])).toEqual({ top1: 1 / 3, top5: 2 / 3 });
  });

  it('earn nothing with equal scores', () => {
    expect(recognitionMetrics(new Float32Array(12), [0, 1])).toEqual({ top1: 0, top5: 0 });
  });
});
