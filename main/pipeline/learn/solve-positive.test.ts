// Protects: what is solved is solved, for systems of any size, and what has no one solution is refused.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowAt, rowsOf } from './rows.ts';
import { solvePositive } from './solve-positive.ts';

const system = fc.integer({ min: 1, max: 9 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    factor: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: width * width,
      maxLength: width * width,
    }),
    solutions: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2 * width, maxLength: 2 * width }),
  }),
);

test('A x = b for every row', () => {
  fc.assert(
    fc.property(system, ({ width, factor, solutions }) => {
      const at = (row: number, column: number): number => factor[row * width + column]!;
      const matrix = Float64Array.from({ length: width * width }, (_, index) => {
        const [row, column] = [Math.floor(index / width), index % width];
        let sum = row === column ? 1 : 0;
        for (let inner = 0; inner < width; inner += 1) sum += at(row, inner) * at(column, inner);
        return sum;
      });
      const wanted = { count: 2, width, values: Float64Array.from(solutions) };
      const right = rowsOf(2, width, (row, out) => {
        for (let of = 0; of < width; of += 1)
          out[of] = rowAt(wanted, row).reduce((sum, x, inner) => sum + matrix[of * width + inner]! * x, 0);
      });
      // Above the diagonal nothing is read.
      const lower = matrix.map((value, index) => (index % width > Math.floor(index / width) ? Number.NaN : value));
      solvePositive(lower, right);
      for (const [index, value] of right.values.entries()) expect(value).toBeCloseTo(solutions[index]!, 6);
    }),
  );
});

test('a matrix that is not positive definite is refused', () => {
  const right = { count: 1, width: 2, values: Float64Array.of(1, 1) };
  expect(() => solvePositive(Float64Array.of(1, 0, 2, 1), right)).toThrow('not positive definite');
});
