import { textMatrix, type ClassSet } from './class-set.ts';
import type { ComparedFrames } from './analyse-features.ts';
import { windowMeans } from './local-background.ts';

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
export function frameLogits(
  { textProducts, background }: ComparedFrames,
  classSet: ClassSet,
  sampleCount: number,
  dim: number,
): FrameLogits {
  const { texts, classCount } = textMatrix(classSet, dim);
  const columns = textProducts.of(texts).map((products) => {
    if (background === null) return products.map((product) => classSet.logitScale * product);
    const { reach, shares, inverseLengths } = background;
    const shared = windowMeans(products, reach);
    return products.map(
      (product, sample) =>
        classSet.logitScale * (product - shares[sample]! * shared[sample]!) * inverseLengths[sample]!,
    );
  });
  return { sampleCount, classCount, columns };
}
