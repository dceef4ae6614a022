import { learningConstants } from '../propose/localisation-constants.ts';
import { rowAt, type Rows } from './rows.ts';
import { solvePositive } from './solve-positive.ts';

/**
 * Logits linear in a span's code: a Gaussian for each class with one covariance for all (linear discriminant analysis;
 * without training, Wang et al. 2024, "A Hard-to-Beat Baseline for Training-free CLIP-based Adaptation").
 */
export interface Discriminant {
  /** `[K + 1, R]`: classes, then background. */
  readonly weights: Rows;
  /** `[K + 1]`. */
  readonly biases: Float64Array;
  /** How far what is known of background is trusted, in [0, 1): its logit counts so much. */
  readonly background: number;
}

const { halfBackground } = learningConstants.points;

/** Sums over labelled points, from which means and covariance follow; those of several videos add up. */
export interface PointSums {
  /** `[K + 1]` total weight of each class, background last. */
  readonly counts: Float64Array;
  /** `[K + 1, R]`. */
  readonly sums: Float64Array;
  /** `[R, R]` weighted squares of all points, lower triangle. */
  readonly squares: Float64Array;
}

/** Sums of no points yet, of `groups` classes (background among them) and codes of `width` numbers: all zero. */
export const noPoints = (groups: number, width: number): PointSums => ({
  counts: new Float64Array(groups),
  sums: new Float64Array(groups * width),
  squares: new Float64Array(width * width),
});

/** Adds a point, its `[R]` code, to the sums of its class, in place; a negative weight takes it back. */
export function addPoint(sums: PointSums, group: number, code: Float64Array, weight: number): void {
  const width = code.length;
  sums.counts[group]! += weight;
  for (let at = 0; at < width; at += 1) sums.sums[group * width + at]! += weight * code[at]!;
  addSquare(sums.squares, code, weight);
}

/** Adds `weight · x xᵀ` to the lower triangle of a square matrix, in place: `x` is `[R]`, `squares` `[R, R]`. */
export function addSquare(squares: Float64Array, x: Float64Array, weight: number): void {
  const width = x.length;
  for (let row = 0; row < width; row += 1) {
    const value = weight * x[row]!;
    const offset = row * width;
    for (let column = 0; column <= row; column += 1) squares[offset + column]! += value * x[column]!;
  }
}

/** Adds other sums of the same shapes to `total`, in place, or takes them off it. */
export function addSums(total: PointSums, other: PointSums, sign: 1 | -1): void {
  addNumbers(total.counts, other.counts, sign);
  addNumbers(total.sums, other.sums, sign);
  addNumbers(total.squares, other.squares, sign);
}

function addNumbers(total: Float64Array, other: Float64Array, sign: 1 | -1): void {
  for (let at = 0; at < total.length; at += 1) total[at]! += sign * other[at]!;
}

/** The sums of points that are each worth `share` of what they were. */
export function scaledSums({ counts, sums, squares }: PointSums, share: number): PointSums {
  const scaled = (values: Float64Array): Float64Array => values.map((value) => share * value);
  return { counts: scaled(counts), sums: scaled(sums), squares: scaled(squares) };
}

/** What is believed before any label: the mean of each class, the covariance within classes, and how firmly. */
export interface DiscriminantPrior {
  /** `[K + 1, R]`. */
  readonly means: Rows;
  /** `[R, R]`, lower triangle. */
  readonly covariance: Float64Array;
  /** Points that the means, and the covariance, are worth. */
  readonly meanWeight: number;
  readonly covarianceWeight: number;
}

/** The discriminant of labelled points, at a shrinkage towards equal variances in [0, 1]. */
export type FitDiscriminant = (points: PointSums, shrinkage: number) => Discriminant;

/**
 * Fits discriminants of a prior and labelled points, each once: weights are chosen, classes judged and scores learned by
 * the same ones. What was fitted is known by its points, which must stay as they are.
 */
export function discriminantsOf(prior: DiscriminantPrior): FitDiscriminant {
  const known = new WeakMap<PointSums, ReturnType<typeof shrinkable>>();
  return (points, shrinkage) => {
    const fit = known.get(points) ?? shrinkable(prior, points);
    known.set(points, fit);
    return fit(shrinkage);
  };
}

/** Means and covariance of a prior and labelled points, and from them the discriminant at each shrinkage. */
function shrinkable(
  prior: DiscriminantPrior,
  { counts, sums, squares }: PointSums,
): (shrinkage: number) => Discriminant {
  const { width, count: groups } = prior.means;
  const covariance = squares.slice();
  let total = 0;
  const means = { count: groups, width, values: new Float64Array(groups * width) };
  for (let group = 0; group < groups; group += 1) {
    const count = counts[group]!;
    total += count;
    const sum = sums.subarray(group * width, (group + 1) * width);
    if (count > 0) addSquare(covariance, sum, -1 / count);
    const inherited = rowAt(prior.means, group);
    const mean = rowAt(means, group);
    for (let at = 0; at < width; at += 1)
      mean[at] = (sum[at]! + prior.meanWeight * inherited[at]!) / (count + prior.meanWeight);
  }
  let trace = 0;
  for (let row = 0; row < width; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const at = row * width + column;
      covariance[at] =
        (prior.covarianceWeight * prior.covariance[at]! + covariance[at]!) / (prior.covarianceWeight + total);
    }
    trace += covariance[row * width + row]!;
  }
  const known = counts[groups - 1]!;
  const background = known / (known + halfBackground);
  const fitted = new Map<number, Discriminant>();
  return (shrinkage) => {
    const found = fitted.get(shrinkage) ?? { ...linearDiscriminant(means, covariance, trace, shrinkage), background };
    fitted.set(shrinkage, found);
    return found;
  };
}

/** @param means `[K + 1, R]`. @param covariance `[R, R]`, lower triangle. @param trace its own. */
function linearDiscriminant(
  means: Rows,
  covariance: Float64Array,
  trace: number,
  shrinkage: number,
): Omit<Discriminant, 'background'> {
  const { width, count: groups } = means;
  const shrunk = covariance.map((value) => (1 - shrinkage) * value);
  const ridge = (shrinkage * trace) / width + 1e-9;
  for (let at = 0; at < width; at += 1) shrunk[at * width + at]! += ridge;
  const weights = { ...means, values: means.values.slice() };
  solvePositive(shrunk, weights);
  const biases = Float64Array.from({ length: groups }, (_, group) => {
    const mean = rowAt(means, group);
    return -rowAt(weights, group).reduce((sum, value, at) => sum + value * mean[at]!, 0) / 2;
  });
  return { weights, biases };
}

/** The weighted sum of discriminants of the same groups: linear like each of them. */
export function addDiscriminants(
  parts: readonly { readonly discriminant: Discriminant; readonly weight: number }[],
): Discriminant {
  const { weights, biases, background } = parts[0]!.discriminant;
  const sum = (valuesOf: (one: Discriminant) => Float64Array): Float64Array =>
    valuesOf(parts[0]!.discriminant).map((_, at) =>
      parts.reduce((total, { discriminant, weight }) => total + weight * valuesOf(discriminant)[at]!, 0),
    );
  return {
    weights: { count: biases.length, width: weights.width, values: sum((one) => one.weights.values) },
    biases: sum((one) => one.biases),
    background,
  };
}

/** Without a say in some classes, which then have the mean logit of all; the very same where there are none. */
export function withoutClasses(discriminant: Discriminant, isLeftOut: (group: number) => boolean): Discriminant {
  const { weights, biases, background } = discriminant;
  const { width, values } = weights;
  const classes = biases.length - 1;
  const left = [...biases.keys()].filter((group) => group < classes && isLeftOut(group));
  if (left.length === 0) return discriminant;
  const kept = { count: biases.length, width, values: values.slice() };
  const keptBiases = biases.slice();
  const meanOf = (of: (group: number) => number): number => {
    let sum = 0;
    for (let group = 0; group < classes; group += 1) sum += of(group);
    return sum / classes;
  };
  for (let at = 0; at < width; at += 1) {
    const mean = meanOf((group) => values[group * width + at]!);
    for (const group of left) kept.values[group * width + at] = mean;
  }
  const bias = meanOf((group) => biases[group]!);
  for (const group of left) keptBiases[group] = bias;
  return { weights: kept, biases: keptBiases, background };
}

/**
 * Writes what the discriminant says of a code into `out` `[K + M]`, relative to its mean over the classes; the same for
 * every background text.
 */
export function discriminantSay(
  { weights, biases, background }: Discriminant,
  code: Float64Array,
  out: Float64Array,
): Float64Array {
  const { width, values } = weights;
  const classes = biases.length - 1;
  let mean = 0;
  const sayOf = (group: number): number => {
    let sum = biases[group]!;
    for (let at = 0; at < width; at += 1) sum += values[group * width + at]! * code[at]!;
    return sum;
  };
  for (let group = 0; group < classes; group += 1) mean += (out[group] = sayOf(group)) / classes;
  for (let group = 0; group < classes; group += 1) out[group]! -= mean;
  out.fill(background * (sayOf(classes) - mean), classes);
  return out;
}
