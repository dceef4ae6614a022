// Protects: the fast products are the plain ones, for every shape, and are computed once a text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { rowDot, similarities } from './similarity.ts';
import { randomDirections } from '../propose/synthetic-video.ts';
import { TextProducts } from '../propose/text-products.ts';

const shapes = fc.record({
  rowTotal: fc.integer({ min: 1, max: 7 }),
  columnTotal: fc.integer({ min: 0, max: 9 }),
  dim: fc.integer({ min: 1, max: 9 }),
  seed: fc.nat(),
});

describe('similarities', () => {
  it('are the dot products of all rows and columns', () => {
    fc.assert(
      fc.property(shapes, ({ rowTotal, columnTotal, dim, seed }) => {
        const random = seededRandom(seed);
        const rows = randomDirections(rowTotal, dim, random);
        const columns = randomDirections(columnTotal, dim, random);
        const products = similarities(rows, columns, dim);
        expect(products.length).toBe(rowTotal * columnTotal);
        for (let row = 0; row < rowTotal; row += 1) {
          for (let column = 0; column < columnTotal; column += 1) {
            let expected = 0;
            for (let index = 0; index < dim; index += 1)
              expected += rows[row * dim + index]! * columns[column * dim + index]!;
            expect(products[row * columnTotal + column]).toBeCloseTo(expected, 6);
            const vector = Float64Array.from(columns.slice(column * dim, (column + 1) * dim));
            expect(rowDot(rows, row, vector)).toBeCloseTo(expected, 6);
          }
        }
      }),
    );
  });
});

describe('text products', () => {
  it('give each text its own column, and keep the columns of texts that stay', () => {
    const random = seededRandom(1);
    const features = randomDirections(5, 8, random);
    const texts = randomDirections(3, 8, random);
    const products = new TextProducts(features, 8);
    const [first, second] = products.of(texts.slice(0, 16));
    const [added, kept, again] = products.of(
      Float32Array.from([...texts.slice(16), ...texts.slice(8, 16), ...texts.slice(0, 8)]),
    );
    expect(kept).toBe(second);
    expect(again).toBe(first);
    expect(added).toEqual(similarities(features, texts.slice(16), 8));
  });
});
