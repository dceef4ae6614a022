/** Numbers in [-1, 1), always the same ones for a seed (xorshift32, Marsaglia 2003). */
export function uniformNumbers(seed = 2463534242): () => number {
  let state = seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}
