import { SpanDescriber } from '../learn/span-descriptor.ts';
import { TaughtClassifier } from '../learn/taught-classifier.ts';
import type { Taught } from '../learn/learn-from-project.ts';
import type { FeatureAnalysis } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';

/** Gives the class probabilities of spans of one video. */
export interface SpanClassifier {
  /** K. */
  readonly classCount: number;
  /** Softmax over classes and background texts `[K + M]` of samples `[start, end)`, valid until the next call. */
  probabilities(start: number, end: number): Float64Array;
}

/** What a classifier may know beside the names. */
interface Knowledge {
  /** `[N, D]` features to classify by, where temporal modules made them from the video's own. */
  readonly denseFeatures?: Float32Array;
  /** `[N, D]` features that the names are compared with instead. */
  readonly namedFeatures?: Float32Array;
  readonly taught?: Taught;
}

/** The classifier of a video: by the names, and by what was learned, if anything was. */
export function spanClassifier(
  { dim, features }: Pick<FeatureAnalysis, 'dim' | 'features'>,
  classSet: ClassSet,
  { denseFeatures, namedFeatures, taught }: Knowledge,
): SpanClassifier {
  const plain = denseFeatures === undefined ? null : features;
  const describer = new SpanDescriber(denseFeatures ?? features, dim, plain, namedFeatures);
  return new TaughtClassifier(classSet, describer, taught ?? null);
}
