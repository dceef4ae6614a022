import type { Span } from '#preload/domain/span.ts';
import type { FeatureAnalysis } from '../propose/analyse-features.ts';
import type { ClassSet } from '../propose/class-set.ts';
import { SpanMeans } from '../propose/span-means.ts';
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
  /** `[N, D]` features to classify by, where a tuned temporal module made them from the video's own. */
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
  const unitFeature = featureOf(analysis, means, options.span);
  return Array.from(
    new FeatureClassifier(classSet, analysis.dim, options.adapter).probabilities(unitFeature),
    (probability, classIndex) => ({ classIndex, probability }),
  )
    .sort((a, b) => b.probability - a.probability || a.classIndex - b.classIndex)
    .slice(0, options.top ?? 5);
}

/** `[D]` direction of the mean feature of all samples whose time lies in the span; without a span, of all samples. */
export function spanFeature(analysis: FeatureAnalysis, span?: Span): Float64Array {
  return featureOf(analysis, analysis.spanMeans, span);
}

function featureOf({ grid, dim }: FeatureAnalysis, means: SpanMeans, span?: Span): Float64Array {
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
