/** A matrix whose rows are examples. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  /** `[count, width]` row-major. */
  readonly values: Float64Array;
}

/** A `[count, width]` matrix whose rows `write` fills, one after another. */
export function rowsOf(count: number, width: number, write: (row: number, out: Float64Array) => void): Rows {
  const values = new Float64Array(count * width);
  for (let row = 0; row < count; row += 1) write(row, values.subarray(row * width, (row + 1) * width));
  return { count, width, values };
}

/** One row, `[width]`: a view, not a copy. */
export const rowAt = ({ width, values }: Rows, row: number): Float64Array =>
  values.subarray(row * width, (row + 1) * width);

/** Rows of several matrices of one width below each other. */
export function joinRows(parts: readonly Rows[], width: number): Rows {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const values = new Float64Array(count * width);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return { count, width, values };
}
