import { discriminantSay, type Discriminant } from './discriminant.ts';
import { softmax } from './softmax.ts';

/** How the names and the discriminant are weighed against each other. */
export interface MixtureWeights {
  /** Of the names' logits. */
  readonly text: number;
  /** Of the discriminant's. */
  readonly discriminant: number;
  /** Shrinkage of the discriminant's covariance towards equal variances, in [0, 1]. */
  readonly shrinkage: number;
}

/** What the names and the discriminant say together. */
export interface Mixture {
  readonly discriminant: Discriminant;
  readonly weights: Pick<MixtureWeights, 'text' | 'discriminant'>;
  /** `[K]` taken off the logits of classes: how much rarer than the others each is expected to be. */
  readonly rarity: Float64Array;
}

/** Writes class probabilities of a span into `out` `[K + M]`, from the names' logits and the span's code. */
export function mixtureProbabilities(
  { discriminant, weights, rarity }: Mixture,
  texts: Float64Array,
  code: Float64Array,
  out: Float64Array,
): Float64Array {
  discriminantSay(discriminant, code, out);
  for (let column = 0; column < out.length; column += 1)
    out[column] =
      weights.text * texts[column]! +
      weights.discriminant * out[column]! -
      (column < rarity.length ? rarity[column]! : 0);
  return softmax(out);
}
