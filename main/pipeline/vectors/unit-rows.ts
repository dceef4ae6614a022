import { rowLength } from '#native-models/features/unit-rows.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

const tolerance = 1e-4;

/**
 * Rows of `[N, D]` with length 1. Returns the very array where all rows have that length already.
 * Fails with `bad-input` on a row that is zero or not finite: such a feature says nothing and poisons every mean.
 */
export function unitRows(rows: Float32Array, dim: number): Float32Array {
  const count = rowCount(rows, dim);
  let result = rows;
  for (let row = 0; row < count; row += 1) {
    const offset = row * dim;
    const length = rowLength(rows, offset, dim);
    if (!(length > 0) || length === Infinity) {
      throw new Failure(
        'bad-input',
        say('Feature {{row}} is zero or not a number; compute the features of this video again.', { row: String(row) }),
      );
    }
    if (Math.abs(length * length - 1) <= tolerance) continue;
    if (result === rows) result = rows.slice();
    for (let column = 0; column < dim; column += 1) result[offset + column] = rows[offset + column]! / length;
  }
  return result;
}

/** N of a row-major `[N, D]` array; fails where the length is not a multiple of D. */
export function rowCount(rows: Float32Array | Float64Array, dim: number): number {
  const count = rows.length / dim;
  if (!Number.isInteger(count)) throw new RangeError(`${rows.length} numbers are no rows of ${dim}`);
  return count;
}
