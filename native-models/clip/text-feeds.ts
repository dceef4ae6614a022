import { floats, integers, type TensorValues } from '../runtime/tensor-value.ts';
import { paddingToken, selectPositions } from './text-tower.ts';

/**
 * Texts as a text encoder is fed: rows padded to `length`, by default that of the longest of them, since what follows
 * the end of a text has no effect under a causal mask. `ends` are the positions of their end-of-text tokens.
 */
export function textFeeds(
  texts: readonly (readonly number[])[],
  ends: readonly number[],
  length = Math.max(...texts.map((ids) => ids.length)),
): TensorValues {
  const padded = texts.flatMap((ids) => [...ids, ...Array<number>(length - ids.length).fill(paddingToken)]);
  return {
    ids: integers(padded, [texts.length, length]),
    end_of_text: floats(selectPositions(ends, length), [texts.length, length]),
  };
}
