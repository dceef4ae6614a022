import type { ClassSet } from '../propose/class-set.ts';
import { softmax } from './softmax.ts';
import { codeWidth, encodeBlocks } from './block-basis.ts';
import type { Taught } from './learn-from-project.ts';
import { mixtureProbabilities } from './mixture.ts';
import type { SpanDescriber } from './span-descriptor.ts';
import { TextAnswer } from '../propose/text-answer.ts';

/** Gives the class probabilities of spans of one video, by the names and by what was learned, if anything was. */
export class TaughtClassifier {
  /** K. */
  readonly classCount: number;
  readonly #names: TextAnswer;
  readonly #describer: SpanDescriber;
  readonly #taught: Pick<Taught, 'basis' | 'mixture'> | null;
  readonly #descriptor: Float64Array;
  readonly #code: Float64Array;
  readonly #texts: Float64Array;
  readonly #probabilities: Float64Array;

  constructor(classSet: ClassSet, describer: SpanDescriber, taught: Pick<Taught, 'basis' | 'mixture'> | null) {
    this.#names = new TextAnswer(classSet, describer.dim);
    this.classCount = this.#names.classCount;
    this.#describer = describer;
    this.#taught = taught;
    this.#descriptor = new Float64Array(describer.width);
    this.#code = new Float64Array(taught === null ? 0 : codeWidth(taught.basis));
    this.#texts = new Float64Array(this.#names.columns);
    this.#probabilities = new Float64Array(this.#names.columns);
  }

  /** Softmax over classes and background texts `[K + M]` of samples `[start, end)`, valid until the next call. */
  probabilities(start: number, end: number): Float64Array {
    const descriptor = this.#describer.describe(start, end, this.#descriptor);
    const texts = this.#names.logits(this.#describer.namedMean(start, end, descriptor), this.#texts);
    const mixture = this.#taught?.mixture ?? null;
    if (mixture === null) {
      this.#probabilities.set(texts);
      return softmax(this.#probabilities);
    }
    encodeBlocks(this.#taught!.basis, descriptor, this.#code);
    return mixtureProbabilities(mixture, texts, this.#code, this.#probabilities);
  }
}
