import { rowAt, type Rows } from './rows.ts';

/**
 * Solves `A x = b` for each row `b` of `right` `[n, R]`, in place, where `A` `[R, R]` is symmetric and positive definite; of it
 * the lower triangle is read, and overwritten by its factor. Cholesky's decomposition along rows of flat memory: a lesson
 * takes some thirty of them, and waits for little else.
 */
export function solvePositive(lower: Float64Array, right: Rows): void {
  const { width } = right;
  for (let top = 0; top < width; top += rowsAtOnce) {
    const isWhole = top + rowsAtOnce <= width;
    if (isWhole) factorBefore(lower, width, top);
    for (let row = top; row < Math.min(top + rowsAtOnce, width); row += 1) {
      const own = row * width;
      for (let column = isWhole ? top : 0; column < row; column += 1) {
        const other = column * width;
        lower[own + column] =
          (lower[own + column]! - product(lower, own, lower, other, column)) / lower[other + column]!;
      }
      const square = lower[own + row]! - product(lower, own, lower, own, row);
      if (!(square > 0)) throw new RangeError('The matrix is not positive definite.');
      lower[own + row] = Math.sqrt(square);
    }
  }
  for (let at = 0; at < right.count; at += 1) {
    const x = rowAt(right, at);
    for (let row = 0; row < width; row += 1)
      x[row] = (x[row]! - product(lower, row * width, x, 0, row)) / lower[row * width + row]!;
    for (let row = width - 1; row >= 0; row -= 1) {
      const own = row * width;
      const value = x[row]! / lower[own + row]!;
      x[row] = value;
      for (let before = 0; before < row; before += 1) x[before]! -= value * lower[own + before]!;
    }
  }
}

const rowsAtOnce = 4;

/** The factor's rows from `top`, left of `top`: four rows share what they are multiplied by. */
function factorBefore(lower: Float64Array, width: number, top: number): void {
  const first = top * width;
  const second = first + width;
  const third = second + width;
  const fourth = third + width;
  for (let column = 0; column < top; column += 1) {
    const other = column * width;
    let a = lower[first + column]!;
    let b = lower[second + column]!;
    let c = lower[third + column]!;
    let d = lower[fourth + column]!;
    for (let at = 0; at < column; at += 1) {
      const factor = lower[other + at]!;
      a -= lower[first + at]! * factor;
      b -= lower[second + at]! * factor;
      c -= lower[third + at]! * factor;
      d -= lower[fourth + at]! * factor;
    }
    const pivot = lower[other + column]!;
    lower[first + column] = a / pivot;
    lower[second + column] = b / pivot;
    lower[third + column] = c / pivot;
    lower[fourth + column] = d / pivot;
  }
}

/** Inner product of `count` numbers of `a` and `b`: four sums at a time, of which none waits for the one before it. */
function product(a: Float64Array, fromA: number, b: Float64Array, fromB: number, count: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let at = 0;
  for (; at + 3 < count; at += 4) {
    first += a[fromA + at]! * b[fromB + at]!;
    second += a[fromA + at + 1]! * b[fromB + at + 1]!;
    third += a[fromA + at + 2]! * b[fromB + at + 2]!;
    fourth += a[fromA + at + 3]! * b[fromB + at + 3]!;
  }
  for (; at < count; at += 1) first += a[fromA + at]! * b[fromB + at]!;
  return first + second + (third + fourth);
}
