// Protects: every piece is dealt once, the same way each time, and no hand has more than a third too much.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dealLongestFirst } from './longest-first.ts';

const loadsOf = (work: readonly number[], dealt: readonly (readonly number[])[]): number[] =>
  dealt.map((pieces) => pieces.reduce((sum, piece) => sum + work[piece]!, 0));

test('each piece goes to one hand, and the longest hand holds no more than its share and one piece', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { maxLength: 80 }), fc.integer({ min: 1, max: 12 }), (work, hands) => {
      const dealt = dealLongestFirst(work, hands);
      expect(dealt).toHaveLength(hands);
      expect(dealt.flat().sort((a, b) => a - b)).toEqual([...work.keys()]);
      expect(dealLongestFirst(work, hands)).toEqual(dealt);
      const total = work.reduce((sum, each) => sum + each, 0);
      const share = total / hands + (1 - 1 / hands) * Math.max(0, ...work);
      expect(Math.max(...loadsOf(work, dealt))).toBeLessThanOrEqual(share + 1e-6);
    }),
  );
});

test('the longest hand holds at most 4/3 of what the best deal would give it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 7 }),
      fc.integer({ min: 1, max: 3 }),
      (work, hands) => {
        const longest = Math.max(...loadsOf(work, dealLongestFirst(work, hands)));
        expect(longest).toBeLessThanOrEqual((4 / 3 - 1 / (3 * hands)) * bestOf(work, hands) + 1e-9);
      },
    ),
  );
});

/** The shortest longest hand, of all deals. */
function bestOf(work: readonly number[], hands: number): number {
  const place = (piece: number, loads: readonly number[]): number =>
    piece === work.length
      ? Math.max(...loads)
      : Math.min(...loads.map((load, hand) => place(piece + 1, loads.with(hand, load + work[piece]!))));
  return place(0, Array<number>(hands).fill(0));
}
