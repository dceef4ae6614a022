import type { DescribedSpans } from './evidence.ts';
import type { SampleRange } from './describe-video.ts';
import { mixtureProbabilities, type Mixture } from './mixture.ts';
import { rowAt } from './rows.ts';
import { softmax } from './softmax.ts';

/**
 * The class probabilities of spans that were described before, without their features: what a video is scored by again
 * after each correction. Fails with `RangeError` for any other span.
 */
export class DescribedClassifier {
  /** K. */
  readonly classCount: number;
  readonly #spans: DescribedSpans;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #mixture: Mixture | null;
  readonly #probabilities: Float64Array;

  /** @param ranges one for each row of `spans`. */
  constructor(ranges: readonly SampleRange[], spans: DescribedSpans, mixture: Mixture | null, classCount: number) {
    this.classCount = classCount;
    this.#spans = spans;
    this.#rows = new Map(ranges.map(([start, end], row) => [`${start} ${end}`, row]));
    this.#mixture = mixture;
    this.#probabilities = new Float64Array(spans.texts.width);
  }

  /** Softmax over classes and background texts `[K + M]` of samples `[start, end)`, valid until the next call. */
  probabilities(start: number, end: number): Float64Array {
    const row = this.#rows.get(`${start} ${end}`);
    if (row === undefined) throw new RangeError(`samples [${start}, ${end}) were not described`);
    const texts = rowAt(this.#spans.texts, row);
    if (this.#mixture === null) {
      this.#probabilities.set(texts);
      return softmax(this.#probabilities);
    }
    return mixtureProbabilities(this.#mixture, texts, rowAt(this.#spans.codes, row), this.#probabilities);
  }
}
