/** Makes each row of `[N, D]` unit length, in place, and answers the same array; a zero row stays zero. */
export function normaliseRows(rows: Float32Array, dim: number): Float32Array {
  for (let start = 0; start < rows.length; start += dim) {
    const length = rowLength(rows, start, dim);
    if (length > 0) for (let at = start; at < start + dim; at += 1) rows[at]! /= length;
  }
  return rows;
}

/** Adds the rows of `rows` `[N, D]`, each made unit length, to those of `sum`; a zero row adds nothing. */
export function addUnitRows(sum: Float32Array, rows: Float32Array, dim: number): void {
  for (let start = 0; start < rows.length; start += dim) {
    const length = rowLength(rows, start, dim);
    if (length > 0) for (let at = start; at < start + dim; at += 1) sum[at]! += rows[at]! / length;
  }
}

/** Length of the row of `dim` numbers that begins at `start`. */
export function rowLength(rows: ArrayLike<number>, start: number, dim: number): number {
  let squares = 0;
  for (let at = start; at < start + dim; at += 1) squares += rows[at]! * rows[at]!;
  return Math.sqrt(squares);
}
