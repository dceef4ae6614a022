// Protects: what a stretch is worth, before it has a class: a change inside that no end has makes it less likely one
// action, and so does a mean that shows nothing.
import { describe, expect, it } from 'vitest';
import { SpanMeans } from '../vectors/span-means.ts';
import type { ClassSet } from './class-set.ts';
import { defaultLocalisationSettings } from './localisation-settings.ts';
import { ProposalQuality } from './proposal-quality.ts';
import { WholeSpan } from './whole-span.ts';

const count = 40;
const actionness = Float64Array.from({ length: count }, (_, sample) => (sample >= 10 && sample < 30 ? 0.9 : 0.1));

/** Quality of the samples that show an action, where the picture changes so at their ends and in their middle. */
function qualityAt(end: number, middle: number, calm = count): number {
  const novelty = new Float64Array(count + 1);
  [novelty[10], novelty[20], novelty[30]] = [end, middle, end];
  return new ProposalQuality(actionness, novelty, calm, defaultLocalisationSettings.proposal).of(10, 30);
}

describe('a change inside a stretch', () => {
  it('counts against it only where it is stronger than at the ends', () => {
    expect(qualityAt(3, 2.5)).toBe(qualityAt(3, 0));
    expect(qualityAt(1, 3)).toBeLessThan(qualityAt(1, 1));
    // However hard a cut is, an action may go on across it.
    expect(qualityAt(1, 60)).toBe(qualityAt(1, 6));
    expect(qualityAt(3, 60)).toBeGreaterThan(0.5);
    // And in a long one some change is to be expected.
    expect(qualityAt(1, 3, 5)).toBeGreaterThan(qualityAt(1, 3));
  });

  it('is none in a single sample', () => {
    const { proposal } = defaultLocalisationSettings;
    const quality = new ProposalQuality(actionness, new Float64Array(count + 1).fill(9), count, proposal).of(20, 21);
    expect(quality).toBeGreaterThan(0);
    expect(quality).toBeLessThan(1);
  });
});

describe('a stretch as a whole', () => {
  const dim = 3;
  /** One action along the first axis, background along the second. */
  const classSet: ClassSet = {
    classEmbeddings: Float32Array.of(1, 0, 0),
    backgroundEmbeddings: Float32Array.of(0, 1, 0),
    logitScale: 100,
  };
  const features = Float32Array.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1);
  const logOf = (set: ClassSet, start: number, end: number): number =>
    new WholeSpan(set, new SpanMeans(features, dim), dim).logProbability(start, end);

  it('shows an action, or nothing, or says nothing', () => {
    expect(logOf(classSet, 0, 2)).toBeCloseTo(0, 9);
    expect(logOf(classSet, 2, 4)).toBeCloseTo(Math.log(0.02), 9);
    expect(logOf(classSet, 4, 5)).toBeCloseTo(Math.log(0.5), 9);
    for (const silent of ['classEmbeddings', 'backgroundEmbeddings'] as const)
      expect(logOf({ ...classSet, [silent]: new Float32Array(0) }, 2, 4)).toBe(0);
  });

  it('is no likelier an action because a list of names is long', () => {
    const long = {
      ...classSet,
      classEmbeddings: Float32Array.from({ length: 300 }, (_, at) => (at % 3 === 0 ? 1 : 0)),
    };
    expect(logOf(long, 4, 5)).toBeCloseTo(logOf(classSet, 4, 5), 9);
  });
});
