import type { Provider } from '../runtime/plan.ts';
import {
  boundaryCurves,
  reachOf,
  runBoundaryHead,
  type BoundaryBatch,
  type BoundaryHeadShape,
} from './boundary-head.ts';

/** A boundary head that a model brings along beside its temporal module: it knows edges of any action, before any correction. */
export interface OwnBoundaryHead {
  readonly shape: BoundaryHeadShape;
  /** No action that it was trained on lasts longer, about. */
  readonly longestS: number;
  /** The tensors of `boundaryHeadShapes(shape)`. */
  readonly learned: ReadonlyMap<string, Float32Array>;
}

/** The shape of a model's own head over frame features of D = `dim`. */
export const ownHeadShape = (
  dim: number,
  { hidden, distances }: Pick<BoundaryHeadShape, 'hidden' | 'distances'>,
): BoundaryHeadShape => ({ width: 3 * dim, hidden, distances, skip: 'layer' });

/**
 * `[T, 3 D]`: each sample's feature, how it differs from the one before, and what the temporal module makes of it.
 * @param features `[T, D]` unit rows. @param dense `[T, D]` unit rows.
 */
export function ownHeadInput(features: Float32Array, dense: Float32Array, dim: number): BoundaryBatch {
  const length = features.length / dim;
  const inputs = new Float32Array(3 * features.length);
  for (let sample = 0; sample < length; sample += 1) {
    const row = inputs.subarray(3 * sample * dim, 3 * (sample + 1) * dim);
    const own = features.subarray(sample * dim, (sample + 1) * dim);
    row.set(own);
    if (sample > 0) own.forEach((value, at) => (row[dim + at] = value - features[(sample - 1) * dim + at]!));
    row.set(dense.subarray(sample * dim, (sample + 1) * dim), 2 * dim);
  }
  return { count: 1, length, inputs, priors: new Float32Array(length * boundaryCurves) };
}

/** Probabilities `[T, 3]` of the head for a stretch: features `[T, D]` and what the temporal module made of them. */
export const runOwnHead = (
  { shape, learned }: OwnBoundaryHead,
  features: Float32Array,
  dense: Float32Array,
  provider: Provider,
): Promise<Float32Array> => runBoundaryHead(shape, learned, ownHeadInput(features, dense, shape.width / 3), provider);

/** Samples of a video that are looked at in one run: a quarter of an hour, well under a second of computing. */
const samplesPerRun = 4096;

/**
 * Probabilities `[N, 3]` of a whole video, part by part, each with as much around it as the head can see: what it says of
 * a part is what it says of it in the whole video.
 *
 * @param features `[N, D]` unit rows. @param dense `[N, D]` what the temporal module beside the head made of them.
 * @param run gives `[T, 3]` for a stretch of both; it may take their memory.
 */
export async function inStretches(
  shape: BoundaryHeadShape,
  features: Float32Array,
  dense: Float32Array,
  run: (features: Float32Array<ArrayBuffer>, dense: Float32Array<ArrayBuffer>) => Promise<Float32Array>,
): Promise<Float32Array> {
  const dim = shape.width / 3;
  const length = features.length / dim;
  const reach = reachOf(shape);
  const probabilities = new Float32Array(length * boundaryCurves);
  for (let from = 0; from < length; from += samplesPerRun) {
    const to = Math.min(length, from + samplesPerRun);
    // One more in front, which the first sample that counts differs from.
    const [seenFrom, seenTo] = [Math.max(0, from - reach - 1), Math.min(length, to + reach)];
    const answer = await run(features.slice(seenFrom * dim, seenTo * dim), dense.slice(seenFrom * dim, seenTo * dim));
    const [first, last] = [from - seenFrom, to - seenFrom];
    probabilities.set(answer.subarray(first * boundaryCurves, last * boundaryCurves), from * boundaryCurves);
  }
  return probabilities;
}
