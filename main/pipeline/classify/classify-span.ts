import type { Span } from '#preload/domain/span.ts';
import type { FeatureAnalysis } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { samplesIn } from '../propose/sample-grid.ts';
import type { SpanMeans } from '../vectors/span-means.ts';
import type { Taught } from '../learn/learn-from-project.ts';
import { spanClassifier } from './span-classifier.ts';

export interface ClassScore {
  readonly classIndex: number;
  /** Softmax over classes and background texts. */
  readonly probability: number;
}

export interface RecognitionOptions {
  /** The whole clip without. */
  readonly span?: Span;
  readonly top?: number;
  /** What the project's videos and corrections teach. */
  readonly taught?: Taught;
  /** `[N, D]` features to classify by, where temporal modules made them from the video's own. */
  readonly denseFeatures?: Float32Array;
  /** `[N, D]` features that the names are compared with instead. */
  readonly namedFeatures?: Float32Array;
}

/**
 * Recognition: the `top` most likely classes of a stretch of video, or of the whole clip. A stretch shorter than a
 * sample is classified by the sample it lies in.
 */
export function classifySpan(
  analysis: FeatureAnalysis,
  classSet: ClassSet,
  options: RecognitionOptions = {},
): ClassScore[] {
  const classifier = spanClassifier(analysis, classSet, options);
  const [start, end] = options.span ? samplesIn(analysis.grid, options.span) : [0, analysis.grid.count];
  return Array.from(
    classifier.probabilities(start, end).subarray(0, classifier.classCount),
    (probability, classIndex) => ({ classIndex, probability }),
  )
    .sort((a, b) => b.probability - a.probability || a.classIndex - b.classIndex)
    .slice(0, options.top ?? 5);
}

/**
 * `[D]` direction of the mean feature of all samples whose time lies in the span; without a span, of all samples.
 * `means` may be those of features that a temporal module made from the video's own.
 */
export function spanFeature(
  { grid, dim, spanMeans }: FeatureAnalysis,
  span?: Span,
  means: SpanMeans = spanMeans,
): Float64Array {
  const [start, end] = span ? samplesIn(grid, span) : [0, grid.count];
  return means.unitMean(start, end, new Float64Array(dim));
}
