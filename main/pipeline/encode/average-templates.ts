/**
 * One embedding per class from the texts that name it: their mean, normalised (the prompt ensembling of Radford et
 * al. 2021, section 3.1.4).
 *
 * @param rows `[T, D]` unit rows, the texts of a class beside each other.
 * @param counts how many of them each class has, `[K]`; they add up to T. Returns `[K, D]` unit rows.
 */
export function averageTemplates(rows: Float32Array, counts: readonly number[], dim: number): Float32Array {
  const means = new Float32Array(counts.length * dim);
  const sum = new Float64Array(dim);
  let first = 0;
  for (const [index, count] of counts.entries()) {
    sum.fill(0);
    for (let text = 0; text < count; text += 1) {
      const offset = (first + text) * dim;
      for (let column = 0; column < dim; column += 1) sum[column]! += rows[offset + column]!;
    }
    first += count;
    const length = Math.hypot(...sum);
    for (let column = 0; column < dim; column += 1) means[index * dim + column] = sum[column]! / length;
  }
  return means;
}
