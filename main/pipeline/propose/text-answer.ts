import { textMatrix, type ClassSet } from './class-set.ts';
import { rowDot } from '../vectors/similarity.ts';

/** What the names by themselves say of a span: its zero-shot logits. */
export class TextAnswer {
  /** K. */
  readonly classCount: number;
  /** K + M. */
  readonly columns: number;
  readonly #texts: Float32Array;
  readonly #scale: number;

  /** @param dim D of the class set. */
  constructor(classSet: ClassSet, dim: number) {
    const { texts, classCount } = textMatrix(classSet, dim);
    this.classCount = classCount;
    this.columns = texts.length / dim;
    this.#texts = texts;
    this.#scale = classSet.logitScale;
  }

  /** Writes scaled cosines with classes and background texts into `out` `[K + M]`. */
  logits(unitMean: Float64Array, out: Float64Array): Float64Array {
    for (let text = 0; text < this.columns; text += 1) out[text] = this.#scale * rowDot(this.#texts, text, unitMean);
    return out;
  }
}
