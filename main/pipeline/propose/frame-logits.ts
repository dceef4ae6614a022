import type { FeatureAnalysis } from './analyse-features.ts';
import type { ClassSet } from './class-set.ts';
import { textMatrix } from './class-set.ts';
import { rowDot } from '../vectors/similarity.ts';

/** How well each sampled frame fits each class and background text. */
export interface FrameLogits {
  readonly sampleCount: number;
  /** K. */
  readonly classCount: number;
  /** K + M columns `[N]`, classes first: scaled cosines of background-subtracted features. */
  readonly columns: readonly Float32Array[];
}

/**
 * Scaled cosines of `x − βμ` with every text. The subtraction is done on the products, ⟨x, c⟩ − β⟨μ, c⟩ over |x − βμ|,
 * so that the features themselves stay as they are for every β and class list.
 */
export function frameLogits(analysis: FeatureAnalysis, classSet: ClassSet): FrameLogits {
  const { dim, background, grid, textProducts } = analysis;
  const { texts, classCount } = textMatrix(classSet, dim);
  const columns = textProducts.of(texts).map((products, text) => {
    const shared = background.share * rowDot(texts, text, background.mean);
    const logits = new Float32Array(grid.count);
    for (let sample = 0; sample < grid.count; sample += 1) {
      logits[sample] = classSet.logitScale * (products[sample]! - shared) * background.inverseLengths[sample]!;
    }
    return logits;
  });
  return { sampleCount: grid.count, classCount, columns };
}
