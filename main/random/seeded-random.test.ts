// Protects: what was drawn for a seed is drawn for it again, in every version of Cuepoint.
import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';

describe('random numbers of a seed', () => {
  it('are these', () => {
    const { between, below, normal } = seededRandom(1);
    expect([between(0, 1), normal(), below(1000)]).toMatchInlineSnapshot(`
      [
        0.8965442273765802,
        -1.139509268098305,
        736,
      ]
    `);
  });

  it('are normally distributed where that is asked for', () => {
    const { normal } = seededRandom(2);
    const draws = Array.from({ length: 20_000 }, normal);
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });

  it('differ between neighbouring seeds and between forks', () => {
    const { fork } = seededRandom(3);
    const streams = [seededRandom(4), seededRandom(5), fork(), fork()];
    expect(new Set(streams.map(({ between }) => between(0, 1))).size).toBe(streams.length);
  });
});
