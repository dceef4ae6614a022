/**
 * One embedding per class from several texts that name it: their mean, normalised (the prompt ensembling of Radford et
 * al. 2021, section 3.1.4).
 *
 * @param rows `[classes * texts, D]` unit rows, the texts of a class beside each other. Returns `[classes, D]` unit rows.
 */
export function averageTemplates(rows: Float32Array, classes: number, dim: number): Float32Array {
  const means = new Float32Array(classes * dim);
  const perClass = rows.length / dim / Math.max(1, classes);
  const sum = new Float64Array(dim);
  for (let index = 0; index < classes; index += 1) {
    sum.fill(0);
    for (let text = 0; text < perClass; text += 1) {
      const offset = (index * perClass + text) * dim;
      for (let column = 0; column < dim; column += 1) sum[column]! += rows[offset + column]!;
    }
    const length = Math.hypot(...sum);
    for (let column = 0; column < dim; column += 1) means[index * dim + column] = sum[column]! / length;
  }
  return means;
}
