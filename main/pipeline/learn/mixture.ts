import { discriminantSay, type Discriminant } from './discriminant.ts';
import { softmax } from './softmax.ts';

/** What the names and the discriminant say together. */
export interface Mixture {
  /** Weighed already. */
  readonly discriminant: Discriminant;
  /** Weight of the names' logits. */
  readonly text: number;
  /** `[K]` taken off the logits of classes: how much rarer than the others each is expected to be. */
  readonly rarity: Float64Array;
}

/** Writes class probabilities of a span into `out` `[K + M]`, from the names' logits and the span's code. */
export function mixtureProbabilities(
  { discriminant, text, rarity }: Mixture,
  texts: Float64Array,
  code: Float64Array,
  out: Float64Array,
): Float64Array {
  discriminantSay(discriminant, code, out);
  for (let column = 0; column < out.length; column += 1)
    out[column] = text * texts[column]! + out[column]! - (column < rarity.length ? rarity[column]! : 0);
  return softmax(out);
}
