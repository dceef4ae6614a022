import { inStretches, runOwnHead, type OwnBoundaryHead } from '#native-models/boundary-head/own-boundaries.ts';
import type { FeatureAnalysis } from './analyse-features.ts';
import type { LearnedBoundaries } from './learned-boundaries.ts';

/** A boundary head that a model brings along, wherever it computes. */
export interface AskedHead extends Pick<OwnBoundaryHead, 'shape' | 'longestS'> {
  /** Its probabilities `[T, 3]` for a stretch of features and of what the temporal module made of them, see `inStretches`. */
  readonly run: Parameters<typeof inStretches>[3];
}

/** A head that computes on this thread. */
export const headHere = (head: OwnBoundaryHead): AskedHead => ({
  ...head,
  run: (features, dense) => runOwnHead(head, features, dense, 'cpu'),
});

/**
 * A video with what the boundary head that its model brings along says of edges; as it was where there is no head.
 *
 * @param dense `[N, D]` what the temporal module beside the head made of the video's features.
 */
export async function withOwnBoundaries(
  analysis: FeatureAnalysis,
  dense: Float32Array,
  head: AskedHead | null,
): Promise<FeatureAnalysis> {
  if (head === null) return analysis;
  const probabilities = await inStretches(head.shape, analysis.features, dense, head.run);
  return { ...analysis, boundaries: asCurves(probabilities, head.longestS) };
}

/** From `[N, 3]`: that an action is on at a sample, and that one starts, or ends, just before it. */
function asCurves(probabilities: Float32Array, longestS: number): LearnedBoundaries {
  const count = probabilities.length / 3;
  const curve = (which: number, length: number): Float64Array =>
    Float64Array.from({ length }, (_, at) => probabilities[3 * at + which] ?? 0);
  const [action, start, end] = [curve(0, count), curve(1, count + 1), curve(2, count + 1)];
  // Whatever is on when a video begins or ends has its edge there.
  start[0] = Math.max(start[0]!, action[0]!);
  end[count] = action[count - 1]!;
  return { action, start, end, longestS };
}
