import { rowCount } from './unit-rows.ts';

/**
 * Dot products of every row with every column vector: `[N, D] × [K, D]ᵀ → [N, K]` row-major.
 * Works on tiles of two rows by four columns, so that each loaded number takes part in several products.
 */
export function similarities(rows: Float32Array, columns: Float32Array, dim: number): Float32Array {
  const rowTotal = rowCount(rows, dim);
  const columnTotal = rowCount(columns, dim);
  const paddedColumns = Math.ceil(columnTotal / 4) * 4;
  // Doubles spare a conversion per product; zero columns fill the last tile.
  const wide = new Float64Array(paddedColumns * dim);
  wide.set(columns);
  const result = new Float32Array(rowTotal * columnTotal);
  for (let row = 0; row < rowTotal; row += 2) {
    const second = Math.min(row + 1, rowTotal - 1);
    for (let column = 0; column < paddedColumns; column += 4) {
      multiplyTile(rows, row, second, wide, column, dim, result, columnTotal);
    }
  }
  return result;
}

function multiplyTile(
  rows: Float32Array,
  row: number,
  second: number,
  wide: Float64Array,
  column: number,
  dim: number,
  result: Float32Array,
  columnTotal: number,
): void {
  const a = row * dim;
  const b = second * dim;
  let p = column * dim;
  let q = p + dim;
  let r = q + dim;
  let s = r + dim;
  let ap = 0;
  let aq = 0;
  let ar = 0;
  let as = 0;
  let bp = 0;
  let bq = 0;
  let br = 0;
  let bs = 0;
  for (let index = 0; index < dim; index += 1) {
    const x = rows[a + index]!;
    const y = rows[b + index]!;
    const cp = wide[p++]!;
    const cq = wide[q++]!;
    const cr = wide[r++]!;
    const cs = wide[s++]!;
    ap += x * cp;
    bp += y * cp;
    aq += x * cq;
    bq += y * cq;
    ar += x * cr;
    br += y * cr;
    as += x * cs;
    bs += y * cs;
  }
  const first = row * columnTotal + column;
  const other = second * columnTotal + column;
  const left = columnTotal - column;
  result[first] = ap;
  result[other] = bp;
  if (left > 1) {
    result[first + 1] = aq;
    result[other + 1] = bq;
  }
  if (left > 2) {
    result[first + 2] = ar;
    result[other + 2] = br;
  }
  if (left > 3) {
    result[first + 3] = as;
    result[other + 3] = bs;
  }
}

/** Dot product of row `row` of `[N, D]` with a vector `[D]`. (One array type each: V8 is many times slower with two.) */
export function rowDot(rows: Float32Array, row: number, vector: Float64Array): number {
  const dim = vector.length;
  const offset = row * dim;
  // Two sums in turns, so that one addition need not wait for the other.
  let even = 0;
  let odd = 0;
  let index = 0;
  for (; index + 1 < dim; index += 2) {
    even += rows[offset + index]! * vector[index]!;
    odd += rows[offset + index + 1]! * vector[index + 1]!;
  }
  return index < dim ? even + odd + rows[offset + index]! * vector[index]! : even + odd;
}
