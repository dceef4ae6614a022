import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Rows } from './rows.ts';

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
  { count, values }: Rows,
  outcomes: ArrayLike<number>,
  worth: ArrayLike<number>,
  prior: readonly number[],
  precisions: readonly number[],
): Float64Array {
  const width = prior.length;
  const logOdds = (at: Float64Array, row: number): number => {
    let sum = 0;
    for (let f = 0, index = row * width; f < width; f += 1, index += 1) sum += at[f]! * values[index]!;
    return sum;
  };
  const lossOf = (at: Float64Array): number => {
    let sum = 0;
    for (let row = 0; row < count; row += 1) sum += worth[row]! * logisticLoss(logOdds(at, row), outcomes[row]!);
    for (let f = 0; f < width; f += 1) sum += (precisions[f]! * (at[f]! - prior[f]!) ** 2) / 2;
    return sum;
  };
  let weights = Float64Array.from(prior);
  let loss = lossOf(weights);
  for (let step = 0; step < mostSteps; step += 1) {
    const gradient = Float64Array.from(weights, (weight, f) => -precisions[f]! * (weight - prior[f]!));
    const hessian = new Float64Array(width * width);
    for (let f = 0; f < width; f += 1) hessian[f * width + f] = precisions[f]!;
    for (let row = 0; row < count; row += 1) {
      const p = sigmoid(logOdds(weights, row));
      const pull = worth[row]! * (outcomes[row]! - p);
      const curvature = worth[row]! * p * (1 - p);
      const offset = row * width;
      for (let f = 0; f < width; f += 1) {
        const value = values[offset + f]!;
        gradient[f]! += pull * value;
        for (let g = 0; g <= f; g += 1) hessian[f * width + g]! += curvature * value * values[offset + g]!;
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
