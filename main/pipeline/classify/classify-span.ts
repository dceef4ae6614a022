import type { Span } from '#preload/domain/span.ts';
import type { FeatureAnalysis } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { SpanMeans } from '../vectors/span-means.ts';
import { FeatureClassifier } from './feature-classifier.ts';
import type { InstantAdapter } from './instant-adapter.ts';

export interface ClassScore {
  readonly classIndex: number;
  /** Softmax over classes and background texts. */
  readonly probability: number;
}

export interface RecognitionOptions {
  /** The whole clip without. */
  readonly span?: Span;
  readonly top?: number;
  readonly adapter?: InstantAdapter;
  /** `[N, D]` features to classify by, where temporal modules made them from the video's own. */
  readonly denseFeatures?: Float32Array;
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
  const { denseFeatures } = options;
  const means = denseFeatures === undefined ? analysis.spanMeans : new SpanMeans(denseFeatures, analysis.dim);
  const unitFeature = spanFeature(analysis, options.span, means);
  return Array.from(
    new FeatureClassifier(classSet, analysis.dim, options.adapter).probabilities(unitFeature),
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
  const [start, end] = span ? samplesIn(grid.edgesUs, span) : [0, grid.count];
  return means.unitMean(start, end, new Float64Array(dim));
}

/** Samples of which at least half lies in the span; at least the one in its middle. Half-open. */
function samplesIn(edgesUs: Float64Array, span: Span): [number, number] {
  const last = edgesUs.length - 2;
  const middleOf = (sample: number): number => (edgesUs[sample]! + edgesUs[sample + 1]!) / 2;
  let start = 0;
  while (start < last && middleOf(start) < span.startUs) start += 1;
  let end = start;
  while (end <= last && middleOf(end) < span.endUs) end += 1;
  if (end > start) return [start, end];
  const middleUs = (span.startUs + span.endUs) / 2;
  let inside = 0;
  while (inside < last && edgesUs[inside + 1]! <= middleUs) inside += 1;
  return [inside, inside + 1];
}
