import { discriminantSay, type Discriminant } from './discriminant.ts';
import { softmax } from './softmax.ts';
import { meanOfNames } from './typical-fit.ts';

/** What the names and the discriminant say together. */
export interface Mixture {
  /** Weighed already. */
  readonly discriminant: Discriminant;
  /** `[K + M]` weight of each name's logit over the mean of all names. */
  readonly text: Float64Array;
  /** `[K + M]` taken off the logits: what is typical of a name, weighed, and how much rarer it is expected to be. */
  readonly offsets: Float64Array;
}

/** Writes class probabilities of a span into `out` `[K + M]`, from the names' logits and the span's code. */
export function mixtureProbabilities(
  { discriminant, text, offsets }: Mixture,
  texts: Float64Array,
  code: Float64Array,
  out: Float64Array,
): Float64Array {
  discriminantSay(discriminant, code, out);
  const mean = meanOfNames(texts, discriminant.biases.length - 1);
  for (let column = 0; column < out.length; column += 1)
    out[column] = text[column]! * (texts[column]! - mean) + out[column]! - offsets[column]!;
  return softmax(out);
}
