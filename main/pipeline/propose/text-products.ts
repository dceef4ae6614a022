import { similarities } from '../vectors/similarity.ts';
import { rowCount } from '../vectors/unit-rows.ts';

interface TextColumn {
  readonly text: Float32Array;
  readonly products: Float32Array;
}

/**
 * Dot products of a video's features with texts. Those of the latest list of texts are kept: when one class is added,
 * one column is computed.
 */
export class TextProducts {
  readonly #features: Float32Array;
  readonly #dim: number;
  #columns: readonly TextColumn[] = [];

  /** @param features `[N, D]`. */
  constructor(features: Float32Array, dim: number) {
    this.#features = features;
    this.#dim = dim;
  }

  /** One column `[N]` for each text of `[W, D]`; not to be changed by the caller. */
  of(texts: Float32Array): Float32Array[] {
    const wanted = rowsOf(texts, this.#dim);
    const unknown = wanted.filter((text) => !this.#find(text));
    this.#columns = [...this.#columns, ...this.#compute(unknown)];
    this.#columns = wanted.map((text) => this.#find(text)!);
    return this.#columns.map((column) => column.products);
  }

  #find(text: Float32Array): TextColumn | undefined {
    return this.#columns.find((column) => column.text.every((value, index) => value === text[index]));
  }

  #compute(texts: readonly Float32Array[]): TextColumn[] {
    const matrix = new Float32Array(texts.length * this.#dim);
    for (const [index, text] of texts.entries()) matrix.set(text, index * this.#dim);
    const products = similarities(this.#features, matrix, this.#dim);
    const count = rowCount(this.#features, this.#dim);
    return texts.map((text, column) => {
      const ofText = new Float32Array(count);
      for (let row = 0; row < count; row += 1) ofText[row] = products[row * texts.length + column]!;
      return { text, products: ofText };
    });
  }
}

/** Copies, so that they stay what they are when the caller's array changes. */
function rowsOf(matrix: Float32Array, dim: number): Float32Array[] {
  return Array.from({ length: rowCount(matrix, dim) }, (_, row) => matrix.slice(row * dim, (row + 1) * dim));
}
