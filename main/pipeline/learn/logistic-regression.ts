import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Rows } from './rows.ts';

const mostSteps = 50;
const smallestStep = 1e-4;
/** In nats. After so small a gain, what a Newton step still has to gain is of its square. */
const smallestGain = 1e-4;

/** What a regression learns from. */
export interface LogisticExamples {
  /** `[n, F]`. */
  readonly rows: Rows;
  /** `[n]` in [0, 1]. */
  readonly outcomes: ArrayLike<number>;
  /** `[n]` of how many independent examples each is worth. */
  readonly worth: ArrayLike<number>;
  /** Indices of the rows that are learned from. */
  readonly chosen: ArrayLike<number>;
}

/** A Gaussian `[F]`; a weight of infinite precision stays at its mean. */
export interface WeightsPrior {
  readonly means: ArrayLike<number>;
  readonly precisions: ArrayLike<number>;
}

/** −log posterior at some weights, with what a Newton step needs: over the free weights alone. */
interface Slope {
  readonly loss: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/**
 * The most likely weights `[F]` of a logistic regression. Damped Newton: steps are halved until they help, since on
 * separable rows the plain one runs away. There is one minimum, wherever it is looked for first.
 *
 * @param start `[F]` where the search begins; weights that stay are taken from the prior.
 */
export function fitLogistic(
  examples: LogisticExamples,
  prior: WeightsPrior,
  start: ArrayLike<number> = prior.means,
): Float64Array {
  const { means, precisions } = prior;
  const free = Array.from(precisions, (_, f) => f).filter((f) => precisions[f] !== Infinity);
  let weights = Float64Array.from(start, (weight, f) => (precisions[f] === Infinity ? means[f]! : weight));
  if (free.length === 0) return weights;
  const packed = packedRows(examples, prior, free);
  let slope = slopeAt(weights, packed, prior, free);
  for (let step = 0; step < mostSteps; step += 1) {
    const direction = new CholeskyDecomposition(Matrix.from1DArray(free.length, free.length, slope.hessian))
      .solve(Matrix.columnVector(slope.gradient))
      .to1DArray();
    let share = 1;
    let next = weights;
    let nextSlope: Slope | null = null;
    for (; share > smallestStep; share /= 2) {
      next = weights.slice();
      for (const [at, f] of free.entries()) next[f]! += share * direction[at]!;
      nextSlope = slopeAt(next, packed, prior, free);
      if (nextSlope.loss < slope.loss) break;
    }
    if (nextSlope === null || !(nextSlope.loss < slope.loss)) break;
    const gain = slope.loss - nextSlope.loss;
    weights = next;
    slope = nextSlope;
    if (gain < smallestGain) break;
  }
  return weights;
}

/** The rows that are learned from, one after the other. */
interface PackedRows {
  /** `[n, size]` of the free weights. */
  readonly values: Float64Array;
  /** `[n]` what weights that stay make of each. */
  readonly offsets: Float64Array;
  readonly outcomes: Float64Array;
  readonly worth: Float64Array;
}

function packedRows(
  { rows: { width, values }, outcomes, worth, chosen }: LogisticExamples,
  { means, precisions }: WeightsPrior,
  free: readonly number[],
): PackedRows {
  const size = free.length;
  const packed = {
    values: new Float64Array(chosen.length * size),
    offsets: new Float64Array(chosen.length),
    outcomes: new Float64Array(chosen.length),
    worth: new Float64Array(chosen.length),
  };
  const fixed = Array.from({ length: width }, (_, f) => f).filter((f) => precisions[f] === Infinity);
  for (let index = 0; index < chosen.length; index += 1) {
    const row = chosen[index]!;
    packed.outcomes[index] = outcomes[row]!;
    packed.worth[index] = worth[row]!;
    const offset = row * width;
    for (let a = 0; a < size; a += 1) packed.values[index * size + a] = values[offset + free[a]!]!;
    for (const f of fixed) packed.offsets[index]! += means[f]! * values[offset + f]!;
  }
  return packed;
}

/** One look at each row says both how good weights are and where they lead. */
function slopeAt(
  weights: Float64Array,
  { values, offsets, outcomes, worth }: PackedRows,
  { means, precisions }: WeightsPrior,
  free: readonly number[],
): Slope {
  const size = free.length;
  const own = Float64Array.from(free, (f) => weights[f]!);
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  let loss = 0;
  for (const [at, f] of free.entries()) {
    const away = weights[f]! - means[f]!;
    loss += (precisions[f]! * away ** 2) / 2;
    gradient[at] = -precisions[f]! * away;
    hessian[at * size + at] = precisions[f]!;
  }
  // Logarithms of many numbers from 1 to 2 are one of their product.
  let product = 1;
  let worthOfProduct = 0;
  for (let row = 0; row < offsets.length; row += 1) {
    const offset = row * size;
    let z = offsets[row]!;
    for (let a = 0; a < size; a += 1) z += own[a]! * values[offset + a]!;
    const small = Math.exp(-Math.abs(z));
    const p = (z >= 0 ? 1 : small) / (1 + small);
    if (worth[row] !== worthOfProduct || product > 1e200) {
      loss += worthOfProduct * Math.log(product);
      product = 1;
      worthOfProduct = worth[row]!;
    }
    product *= 1 + small;
    loss += worthOfProduct * (Math.max(z, 0) - outcomes[row]! * z);
    const pull = worthOfProduct * (outcomes[row]! - p);
    const curvature = worthOfProduct * p * (1 - p);
    for (let a = 0; a < size; a += 1) {
      const value = values[offset + a]!;
      gradient[a]! += pull * value;
      const curved = curvature * value;
      for (let b = 0; b <= a; b += 1) hessian[a * size + b]! += curved * values[offset + b]!;
    }
  }
  loss += worthOfProduct * Math.log(product);
  for (let a = 0; a < size; a += 1) for (let b = 0; b < a; b += 1) hessian[b * size + a] = hessian[a * size + b]!;
  return { loss, gradient, hessian };
}

/** Mean −log P over some rows. */
export function meanLogisticLoss(
  { rows: { width, values }, outcomes }: Pick<LogisticExamples, 'rows' | 'outcomes'>,
  chosen: ArrayLike<number>,
  weights: ArrayLike<number>,
): number {
  let sum = 0;
  for (let index = 0; index < chosen.length; index += 1) {
    const row = chosen[index]!;
    let z = 0;
    for (let f = 0; f < width; f += 1) z += weights[f]! * values[row * width + f]!;
    sum += logisticLoss(z, outcomes[row]!);
  }
  return sum / chosen.length;
}

/** −log P of an outcome in [0, 1] at log-odds `z`. */
const logisticLoss = (z: number, outcome: number): number =>
  Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - outcome * z;

/** The logistic function: any number to (0, 1). */
export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Inner product over the length of `row`; weights beyond it, such as a bias, are left out. */
export function linear(weights: ArrayLike<number>, row: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < row.length; at += 1) sum += weights[at]! * row[at]!;
  return sum;
}
