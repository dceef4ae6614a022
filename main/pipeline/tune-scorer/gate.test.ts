// Protects: no version goes live that is right less often, or less sure, than what it would replace; the reason says why.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideGate } from './gate.ts';
import type { HeldOutScore } from './held-out.ts';
import { english } from '#preload/domain/saying.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const score = (accuracy: number, logLoss: number, count = 10): HeldOutScore => ({ count, accuracy, logLoss });

describe('the gate', () => {
  it('lets through what is right more often', () => {
    expect(inEnglish(decideGate(score(0.8, 0.5), score(0.6, 0.7), score(0.6, 0.7)))).toEqual({
      live: true,
      reason: 'On 10 held-out corrections it is right 80 % of the time, zero-shot 60 %.',
    });
  });

  it('says what is better where both are right equally often', () => {
    const { live, reason } = decideGate(score(0.6, 0.5), score(0.6, 0.7), score(0.6, 0.7));
    expect(live).toBe(true);
    expect(english(reason)).toMatch(/surer of what is right \(loss 0\.500 against 0\.700\)/);
  });

  it.each([
    ['right less often than zero-shot', score(0.5, 0.1), score(0.6, 0.7), score(0.4, 0.9), /zero-shot 60 %/],
    [
      'right less often than the version in use',
      score(0.7, 0.1),
      score(0.6, 0.7),
      score(0.8, 0.2),
      /version in use 80 %/,
    ],
    ['less sure', score(0.7, 0.9), score(0.6, 0.7), score(0.6, 0.7), /less sure/],
    ['untested', score(0, 0, 0), score(0, 0, 0), score(0, 0, 0), /too few corrections/],
  ])('keeps out what is %s', (_, tuned, zeroShot, current, words) => {
    const decision = decideGate(tuned, zeroShot, current);
    expect(decision.live).toBe(false);
    expect(english(decision.reason)).toMatch(words);
  });

  it('compares with the version in use only on what that has not learned', () => {
    const decide = (beside: HeldOutScore) => decideGate(score(0.7, 0.5), score(0.6, 0.7), score(0.5, 0.8, 2), beside);
    expect(decide(score(0.5, 0.7, 2)).live).toBe(true);
    expect(inEnglish(decide(score(0, 2, 2)))).toMatchObject({
      live: false,
      reason: expect.stringMatching(/version in use 50 %/),
    });
  });

  it('never lets through anything worse than either rival', () => {
    const scores = fc.record({
      count: fc.constant(10),
      accuracy: fc.double({ min: 0, max: 1, noNaN: true }),
      logLoss: fc.double({ min: 0, max: 5, noNaN: true }),
    });
    fc.assert(
      fc.property(scores, scores, scores, (tuned, zeroShot, current) => {
        const noWorse = [zeroShot, current].every(
          (rival) => tuned.accuracy >= rival.accuracy && tuned.logLoss <= rival.logLoss,
        );
        expect(decideGate(tuned, zeroShot, current).live).toBe(noWorse);
      }),
    );
  });
});
