// Protects: what usually follows what, and comes with it, is taken for a rule where held-back videos bear it out, and for
// nothing, to the last bit, where they do not.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { inOrder, type SeenProposal } from '../classify/in-order.ts';
import { learnOrder, noOrder, orderOf, OrderPrior, type OrderedVideo } from './class-order.ts';
import { untaughtScore } from './segment-score.ts';

const classCount = 4;

/** Of what is right and one other class nobody can tell which. */
function unsure(classIndex: number, other: number): Float64Array {
  return Float64Array.from({ length: classCount }, (_, at) => (at === classIndex || at === other ? 0.46 : 0.04));
}

/** Videos of six segments each; `next` draws the class after another. */
function videos(next: (previous: number, random: ReturnType<typeof seededRandom>) => number): OrderedVideo[] {
  const random = seededRandom(5);
  return Array.from({ length: 12 }, (_, videoId) => {
    let classIndex = random.below(classCount);
    const segments = Array.from({ length: 6 }, (__, at) => {
      classIndex = next(classIndex, random);
      const other = (classIndex + 1 + random.below(classCount - 1)) % classCount;
      return { startUs: at * 1e6, classIndex, shares: unsure(classIndex, other) };
    });
    return { videoId, segments };
  });
}

const inTurn = videos((previous) => (previous + 1) % classCount);
const byChance = videos((_, random) => random.below(classCount));

const proposal = (startS: number, shares: Float64Array): SeenProposal => ({
  proposal: {
    startUs: startS * 1e6,
    endUs: startS * 1e6 + 8e5,
    startSample: 4 * startS,
    endSample: 4 * startS + 3,
    score: 0.9,
    quality: 0.95,
  },
  probabilities: shares,
  background: 0,
});

describe('the order of classes', () => {
  it('is a rule where held-back videos keep it, and makes what is unsure sure', () => {
    const order = learnOrder(inTurn, noOrder(classCount));
    expect(order.weights.order).toBeGreaterThan(0);
    const sure = (classIndex: number): Float64Array =>
      Float64Array.from({ length: classCount }, (_, at) => (at === classIndex ? 0.94 : 0.02));
    const seen = [proposal(0, sure(0)), proposal(2, unsure(1, 3)), proposal(4, sure(2))];
    const found = inOrder(seen, untaughtScore, order)[1]!.probabilities;
    expect(found[1]!).toBeGreaterThan(2 * found[3]!);
    expect(found.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });

  it('changes nothing where classes follow by chance, or with few videos', () => {
    const order = learnOrder(byChance, noOrder(classCount));
    expect(order.weights).toEqual({ order: 0, company: 0 });
    const seen = [proposal(0, unsure(0, 1)), proposal(2, unsure(1, 3))];
    expect(inOrder(seen, untaughtScore, order)).toBe(seen);
    expect(learnOrder(inTurn.slice(0, 3), noOrder(classCount)).weights).toEqual({ order: 0, company: 0 });
  });

  it('counts company where the same few come together, in any order', () => {
    const random = seededRandom(9);
    const halves = Array.from({ length: 16 }, (_, videoId) => ({
      videoId,
      segments: Array.from({ length: 6 }, (__, at) => {
        const classIndex = 2 * (videoId % 2) + random.below(2);
        return { startUs: at * 1e6, classIndex, shares: unsure(classIndex, (classIndex + 2) % classCount) };
      }),
    }));
    const order = learnOrder(halves, noOrder(classCount));
    expect(order.weights.company + order.weights.order).toBeGreaterThan(0);
    const shares = new OrderPrior(order, [{ startUs: 0, endUs: 1e6, shares: unsure(0, 1) }]).probabilities(
      { startUs: 2e6, endUs: 3e6 },
      unsure(1, 3),
    );
    expect(shares[1]!).toBeGreaterThan(shares[3]!);
  });

  it('comes along to other classes, and is taken where nothing can be held back', () => {
    const learned = learnOrder(inTurn, noOrder(classCount));
    const there = orderOf(learned, [2, 3, -1]);
    expect(there.follows.slice(0, 3)).toEqual(Float64Array.of(0, learned.follows[2 * classCount + 3]!, 0));
    expect(learnOrder([], there)).toEqual(there);
    // Where own videos follow no rule, another project's is none.
    expect(learnOrder(byChance, learned).weights).toEqual({ order: 0, company: 0 });
  });
});
