// Protects: symbolic sizes behave as the polynomials they stand for.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDims, dim, divideDims, multiplyDims, sameDim, showDim, subtractDims, type Dim } from './dimension.ts';

const values: Readonly<Record<string, number>> = { batch: 7, tokens: 11 };

function evaluate(size: Dim): number {
  if (typeof size === 'number') return size;
  let sum = 0;
  for (const [monomial, factor] of size.terms) {
    sum += monomial === '' ? factor : monomial.split('*').reduce((product, name) => product * values[name]!, factor);
  }
  return sum;
}

const leaf = fc.oneof(
  fc.integer({ min: -3, max: 9 }),
  fc.constantFrom('batch', 'tokens').map(dim),
) as fc.Arbitrary<Dim>;
const size = fc
  .array(fc.tuple(leaf, fc.constantFrom(addDims, subtractDims, multiplyDims)), { minLength: 1, maxLength: 4 })
  .map((steps) => steps.reduce<Dim>((left, [right, combine]) => combine(left, right), 1));

describe('symbolic sizes', () => {
  test('arithmetic commutes with putting numbers in', () => {
    fc.assert(
      fc.property(size, size, (a, b) => {
        expect(evaluate(addDims(a, b))).toBe(evaluate(a) + evaluate(b));
        expect(evaluate(subtractDims(a, b))).toBe(evaluate(a) - evaluate(b));
        expect(evaluate(multiplyDims(a, b))).toBe(evaluate(a) * evaluate(b) + 0);
      }),
    );
  });

  test('the order of operations does not show: a + b − a is b, a · b / b is a', () => {
    fc.assert(
      fc.property(
        size,
        size,
        leaf.filter((value) => value !== 0),
        (a, b, c) => {
          expect(sameDim(subtractDims(addDims(a, b), a), b)).toBe(true);
          expect(sameDim(multiplyDims(a, b), multiplyDims(b, a))).toBe(true);
          expect(sameDim(divideDims(multiplyDims(a, c), c)!, a)).toBe(true);
        },
      ),
    );
  });

  test('what does not divide is null; what is a number again is a plain number', () => {
    expect(divideDims(dim('batch'), 2)).toBeNull();
    expect(divideDims(12, dim('batch'))).toBeNull();
    expect(subtractDims(addDims(dim('batch'), 3), dim('batch'))).toBe(3);
    expect(showDim(addDims(multiplyDims(4, dim('batch')), 1))).toBe('4*batch + 1');
  });
});
