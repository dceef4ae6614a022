import type { ClassSet } from '../propose/class-set.ts';
import { textMatrix } from '../propose/class-set.ts';
import { rowDot } from '../vectors/similarity.ts';
import { rowCount } from '../vectors/unit-rows.ts';
import type { InstantAdapter } from './instant-adapter.ts';
import { addAdapterLogits } from './instant-adapter.ts';

/** Gives the class probabilities of single features, such as the mean of a proposal. */
export class FeatureClassifier {
  /** K. */
  readonly classCount: number;
  readonly #texts: Float32Array;
  readonly #logitScale: number;
  readonly #logits: Float64Array;
  readonly #adapter: InstantAdapter | null;

  /** @param dim D of the class set. @param adapter corrected segments that speak up beside the texts. */
  constructor(classSet: ClassSet, dim: number, adapter: InstantAdapter | null = null) {
    const { texts, classCount } = textMatrix(classSet, dim);
    this.classCount = classCount;
    this.#texts = texts;
    this.#logitScale = classSet.logitScale;
    this.#logits = new Float64Array(rowCount(texts, dim));
    this.#adapter = adapter;
  }

  /** Softmax over classes and background texts `[K + M]`. */
  probabilities(unitFeature: Float64Array): Float64Array {
    const logits = this.#logits;
    for (let text = 0; text < logits.length; text += 1) {
      logits[text] = this.#logitScale * rowDot(this.#texts, text, unitFeature);
    }
    if (this.#adapter) addAdapterLogits(this.#adapter, unitFeature, logits);
    let highest = -Infinity;
    for (const logit of logits) highest = Math.max(highest, logit);
    let total = 0;
    for (let text = 0; text < logits.length; text += 1) total += logits[text] = Math.exp(logits[text]! - highest);
    return logits.map((value) => value / total);
  }
}
