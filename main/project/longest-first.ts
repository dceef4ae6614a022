/**
 * Deals pieces of work to hands so that all have about as much: the longest first, each to whoever has least (Graham
 * 1969: at most 4/3 of the best there is). Equal pieces keep their order, so the same work is dealt in the same way.
 * @param work of each piece, not negative
 * @returns indices of pieces for each hand, ascending
 */
export function dealLongestFirst(work: readonly number[], hands: number): number[][] {
  const dealt = Array.from({ length: hands }, () => ({ load: 0, pieces: [] as number[] }));
  for (const piece of [...work.keys()].sort((a, b) => work[b]! - work[a]!)) {
    const hand = dealt.reduce((a, b) => (b.load < a.load ? b : a));
    hand.load += work[piece]!;
    hand.pieces.push(piece);
  }
  return dealt.map(({ pieces }) => pieces.toSorted((a, b) => a - b));
}
