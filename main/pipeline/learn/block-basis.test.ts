// Protects: no kind of description outweighs another by the size of its numbers, and rounding noise is not made to matter.
import { expect, test } from 'vitest';
import { seededRandom } from '#main/random/seeded-random.ts';
import { blockBasis, encodeRows } from './block-basis.ts';
import { rowsOf } from './rows.ts';

const dim = 128;
const count = 300;

/** `[n, 3 D]` of blocks whose numbers are about as large as `sizes`. */
function descriptors(sizes: readonly number[]) {
  const { normal } = seededRandom(5);
  return rowsOf(count, sizes.length * dim, (_, out) => {
    for (let at = 0; at < out.length; at += 1) out[at] = sizes[Math.floor(at / dim)]! * normal();
  });
}

test('codes of blocks with large and with small numbers vary alike, those of the mean half as much; of a block of noise they do not', () => {
  const spans = descriptors([3, 1, 0.01, 1e-7]);
  const basis = blockBasis([spans], dim);
  const codes = encodeRows(basis, spans);
  const variances = Array.from({ length: 4 }, (_, block) => {
    let variance = 0;
    for (let at = block * basis.rank; at < (block + 1) * basis.rank; at += 1) {
      const values = Array.from({ length: count }, (_value, row) => codes.values[row * codes.width + at]!);
      const mean = values.reduce((a, b) => a + b, 0) / count;
      variance += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    }
    return variance;
  });
  expect(variances[0]).toBeCloseTo(0.5, 3);
  expect(variances[1]).toBeCloseTo(1, 3);
  expect(variances[2]).toBeCloseTo(1, 3);
  expect(variances[3]).toBeLessThan(1e-3);
});
