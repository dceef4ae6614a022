import { orderOf, type ClassOrder } from './class-order.ts';
import type { BlockBasis } from './block-basis.ts';
import type { MixtureWeights } from './mixture-weights.ts';
import { addSquare, noPoints } from './discriminant.ts';
import type { CarriedEvidence } from './evidence.ts';
import type { Lesson } from './learn.ts';

/**
 * What corrections taught, in a form that means something in another project with the same model: labelled points as sums
 * by class, in terms of a basis that comes along, and what was found best beside them.
 */
export interface CarriedLesson {
  readonly basis: BlockBasis;
  /** `[K]` what each class was looked for by. */
  readonly prompts: readonly string[];
  /** `[K + 1]` labelled points of each class, background last. */
  readonly counts: Float64Array;
  /** `[K + 1, R]`. */
  readonly sums: Float64Array;
  /** `[R, R]` squares of the points around the means of their classes, lower triangle. */
  readonly scatter: Float64Array;
  /** `[K]` lengths of accepted segments. */
  readonly lengthsS: readonly (readonly number[])[];
  readonly weights: MixtureWeights;
  /** Of `SegmentScore`; null where no segment was accepted. */
  readonly scoreWeights: readonly number[] | null;
  readonly order: ClassOrder;
}

/** A lesson to be carried away. @param prompts `[K]` in the order of its classes. */
export function carriedLesson(
  { points, lengthsS, weights, score, order }: Lesson,
  basis: BlockBasis,
  prompts: readonly string[],
): CarriedLesson {
  const { counts, sums, squares } = points;
  const width = Math.sqrt(squares.length);
  const scatter = squares.slice();
  for (const [group, count] of counts.entries())
    if (count > 0) addSquare(scatter, sums.subarray(group * width, (group + 1) * width), -1 / count);
  const scoreWeights = score.logLengths === null ? null : [...score.weights];
  return { basis, prompts, counts, sums, scatter, lengthsS, weights, scoreWeights, order };
}

/** What a carried lesson says to a project whose classes are looked for by `prompts` `[K]`; null where it knows none. */
export function carriedTo(carried: CarriedLesson, prompts: readonly string[]): CarriedEvidence | null {
  const { counts, sums, scatter, lengthsS, weights, scoreWeights, order } = carried;
  const width = Math.sqrt(scatter.length);
  const places = prompts.map((prompt) => carried.prompts.indexOf(prompt));
  if (!places.some((place) => place >= 0 && counts[place]! > 0)) return null;
  const points = noPoints(prompts.length + 1, width);
  const total = counts.reduce((a, b) => a + b, 0);
  let kept = 0;
  for (const [group, place] of [...places, carried.prompts.length].entries()) {
    const count = place < 0 ? 0 : counts[place]!;
    if (count === 0) continue;
    const own = sums.subarray(place * width, (place + 1) * width);
    points.counts[group] = count;
    points.sums.set(own, group * width);
    addSquare(points.squares, own, 1 / count);
    kept += count;
  }
  // Points vary around their means alike, whatever their class.
  for (let at = 0; at < scatter.length; at += 1) points.squares[at]! += (kept / total) * scatter[at]!;
  return {
    points,
    lengthsS: places.map((place) => (place < 0 ? [] : lengthsS[place]!)),
    weights,
    scoreWeights,
    order: orderOf(order, places),
  };
}
