// Protects: no film of the report can ever have been trained on, and no two films of a report are the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainingScriptSeed } from '../train/training-script-seed.ts';
import { difficultyOf, reportScriptSeed } from './report-seeds.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 19 - 1 });
const films = fc.integer({ min: 0, max: 4095 });

describe("seeds of the report's films", () => {
  it('lie below zero, where training never draws', () => {
    fc.assert(
      fc.property(seeds, films, fc.nat(), fc.nat(1e6), (seed, film, trainingSeed, index) => {
        // `seededRandom` keeps 32 bits of a seed.
        expect(reportScriptSeed(seed, film) | 0).toBe(reportScriptSeed(seed, film));
        expect(reportScriptSeed(seed, film)).toBeLessThan(0);
        expect(trainingScriptSeed(trainingSeed, index)).toBeGreaterThanOrEqual(0);
        expect(trainingScriptSeed(trainingSeed, index) | 0).toBe(trainingScriptSeed(trainingSeed, index));
      }),
    );
  });

  it('differ between seeds and between films', () => {
    fc.assert(
      fc.property(seeds, films, seeds, films, (a, filmOfA, b, filmOfB) => {
        const same = a === b && filmOfA === filmOfB;
        expect(reportScriptSeed(a, filmOfA) === reportScriptSeed(b, filmOfB)).toBe(same);
      }),
    );
  });

  it('give scenes of all difficulties of the range, and of no other', () => {
    const drawn = Array.from({ length: 500 }, (_, film) => difficultyOf(reportScriptSeed(3, film)));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0.3);
    expect(Math.min(...drawn)).toBeLessThan(0.35);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(1);
    expect(Math.max(...drawn)).toBeGreaterThan(0.95);
  });

  it('are refused where there are none', () => {
    expect(() => reportScriptSeed(2 ** 19, 0)).toThrow(/whole number from 0 to 524287/);
    expect(() => reportScriptSeed(-1, 0)).toThrow(/not -1/);
  });
});
