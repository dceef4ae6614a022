import { CholeskyDecomposition, Matrix } from 'ml-matrix';

const mostSteps = 50;
const smallestStep = 1e-4;
/** In nats. After so small a gain, what a Newton step still has to gain is of its square. */
const smallestGain = 1e-4;

/**
 * Weights `[F]` of a logistic regression, most likely given rows `[n, F]` with outcomes in [0, 1], each worth `worth` of an
 * independent one, and a Gaussian prior of mean `prior` and `precisions` `[F]`. Damped Newton: steps are halved until they help, since on separable rows the
 * plain one runs away.
 */
export function fitLogistic(
  rows: readonly Float64Array[],
  outcomes: readonly number[],
  worth: readonly number[],
  prior: readonly number[],
  precisions: readonly number[],
): Float64Array {
  const width = prior.length;
  let weights = Float64Array.from(prior);
  let loss = lossOf(weights);
  function lossOf(at: Float64Array): number {
    let sum = 0;
    for (const [index, row] of rows.entries()) {
      const z = linear(at, row);
      sum += worth[index]! * logisticLoss(z, outcomes[index]!);
    }
    for (let f = 0; f < width; f += 1) sum += (precisions[f]! * (at[f]! - prior[f]!) ** 2) / 2;
    return sum;
  }
  for (let step = 0; step < mostSteps; step += 1) {
    const gradient = Float64Array.from(weights, (weight, f) => -precisions[f]! * (weight - prior[f]!));
    const hessian = new Float64Array(width * width);
    for (let f = 0; f < width; f += 1) hessian[f * width + f] = precisions[f]!;
    for (const [index, row] of rows.entries()) {
      const p = sigmoid(linear(weights, row));
      const curvature = worth[index]! * p * (1 - p);
      for (let f = 0; f < width; f += 1) {
        gradient[f]! += worth[index]! * (outcomes[index]! - p) * row[f]!;
        for (let g = 0; g <= f; g += 1) hessian[f * width + g]! += curvature * row[f]! * row[g]!;
      }
    }
    for (let f = 0; f < width; f += 1) for (let g = 0; g < f; g += 1) hessian[g * width + f] = hessian[f * width + g]!;
    const direction = new CholeskyDecomposition(Matrix.from1DArray(width, width, [...hessian]))
      .solve(Matrix.columnVector(gradient))
      .to1DArray();
    let share = 1;
    let next = weights;
    let nextLoss = Infinity;
    for (; share > smallestStep; share /= 2) {
      next = weights.map((weight, f) => weight + share * direction[f]!);
      nextLoss = lossOf(next);
      if (nextLoss < loss) break;
    }
    if (!(nextLoss < loss)) break;
    const gain = loss - nextLoss;
    weights = next;
    loss = nextLoss;
    if (gain < smallestGain) break;
  }
  return weights;
}

/** −log P of an outcome in [0, 1] at log-odds `z`. */
export const logisticLoss = (z: number, outcome: number): number =>
  Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - outcome * z;

/** The logistic function: any number to (0, 1). */
export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Inner product over the length of `row`; weights beyond it, such as a bias, are left out. */
export function linear(weights: ArrayLike<number>, row: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < row.length; at += 1) sum += weights[at]! * row[at]!;
  return sum;
}
