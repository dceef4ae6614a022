// Protects: the score of segments is learned only from what other videos confirm. One video, however many proposals it
// has, and chance leave it as it is; many videos that agree change it.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { learnScore, scoreSegment, untaughtScore, type ScoredExample, type SegmentScore } from './segment-score.ts';

const lengthsS = [[2, 2.5, 3]];

type IsRight = (facts: { readonly probability: number; readonly quality: number }) => boolean;

function proposalsOf(videoId: number, isRight: IsRight): ScoredExample[] {
  const random = seededRandom(videoId);
  return Array.from({ length: 200 }, () => {
    const probability = random.between(0.02, 0.9);
    const quality = random.between(0.1, 0.9);
    const rightness = isRight({ probability, quality }) ? 1 : 0;
    return {
      videoId,
      classIndex: 0,
      quality,
      probability,
      background: (1 - probability) / 2,
      lengthS: random.between(1, 6),
      rightness,
    };
  });
}

const learnFrom = (isRight: readonly IsRight[]): SegmentScore =>
  learnScore(
    lengthsS,
    isRight.flatMap((one, index) => proposalsOf(index + 1, one)),
  );

const usual = learnScore(lengthsS, []);
const misleading: IsRight = ({ probability }) => probability < 0.2;
const confirming: IsRight = ({ quality, probability }) => quality > 0.6 && probability > 0.1;

describe('the score of segments', () => {
  it.each([1, 2, 3])('stays as it is after %d reviewed videos, whatever they say', (count) => {
    expect(learnFrom(Array.from({ length: count }, () => misleading)).weights).toEqual(usual.weights);
  });

  it('stays as it is where it is right already, up to chance', () => {
    const random = seededRandom(7);
    const examples = Array.from({ length: 8 }, (_, index) => proposalsOf(index + 1, () => false))
      .flat()
      .map((example) => ({ ...example, rightness: random.between(0, 1) < scoreSegment(usual, 0, example) ? 1 : 0 }));
    expect(learnScore(lengthsS, examples).weights).toEqual(usual.weights);
  });

  it('takes background for commoner than any name before anything is corrected', () => {
    const facts = { quality: 0.8, lengthS: 2.5, probability: 0.5 };
    const orAnother = scoreSegment(untaughtScore, 0, { ...facts, background: 0 });
    const orNothing = scoreSegment(untaughtScore, 0, { ...facts, background: 0.5 });
    expect(orNothing).toBeLessThan(0.8 * orAnother);
  });

  it('learns what many reviewed videos agree on', () => {
    const score = learnFrom(Array.from({ length: 12 }, () => confirming));
    expect(score.weights[1]!).toBeGreaterThan(usual.weights[1]! + 0.3);
    const facts = { quality: 0.8, background: 0.2, lengthS: 2.5, probability: 0.5 };
    const margin = (one: SegmentScore): number =>
      scoreSegment(one, 0, facts) - scoreSegment(one, 0, { ...facts, quality: 0.4 });
    expect(margin(score)).toBeGreaterThan(margin(usual));
  });

  it('holds against a stretch that it is some times too long, and not that it is of a length that nobody has shown', () => {
    const scoreAt = (lengthS: number): number =>
      scoreSegment(usual, 0, { quality: 0.9, probability: 0.9, background: 0.05, lengthS });
    const typicalS = Math.exp(usual.logLengths![0]!);
    expect(1 - scoreAt(3 * typicalS)).toBeGreaterThan(2 * (1 - scoreAt(typicalS)));
    expect(scoreAt(300)).toBeCloseTo(scoreAt(typicalS), 9);
    expect(scoreAt(3000)).toBe(scoreAt(300));
    // What is far shorter is likely a part; which of such parts is an action all the same, its length does not tell.
    expect(1 - scoreAt(typicalS / 20)).toBeGreaterThan(5 * (1 - scoreAt(typicalS)));
    expect(scoreAt(typicalS / 100)).toBe(scoreAt(typicalS / 20));
  });

  it('lets weights of another project go where reviewed videos speak against them, and keeps them where none do', () => {
    // More quality and a likelier class speak against a segment: nobody would want them.
    const spoilt = [...usual.weights].map((weight, at) => (at === 1 || at === 2 ? -weight : weight));
    const agree = [1, 2].flatMap((videoId) => proposalsOf(videoId, confirming));
    expect([...learnScore(lengthsS, [], spoilt).weights]).toEqual(spoilt);
    expect(learnScore(lengthsS, agree, spoilt).weights).toEqual(usual.weights);
    const suited = [...usual.weights].map((weight, at) => (at === 1 ? 2 * weight : weight));
    expect([...learnScore(lengthsS, agree, suited).weights]).toEqual(suited);
  });

  it('counts a video once, however many proposals of it overlap', () => {
    const isRight = Array.from({ length: 6 }, () => confirming);
    const examples = isRight.flatMap((one, index) => proposalsOf(index + 1, one));
    const twice = learnScore(lengthsS, [...examples, ...examples]).weights;
    for (const [at, weight] of learnScore(lengthsS, examples).weights.entries())
      expect(twice[at]).toBeCloseTo(weight, 6);
  });

  it('stays as it is where nothing in the reviewed videos is right', () => {
    expect(learnFrom(Array.from({ length: 12 }, () => () => false)).weights).toEqual(usual.weights);
  });
});
