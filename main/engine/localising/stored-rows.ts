import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from '#main/failures/file-failure.ts';
import { denseName, type DenseKey } from '#main/pipeline/feature-store/dense-store.ts';
import { FeatureStore } from '#main/pipeline/feature-store/feature-store.ts';
import { readNpy } from '#main/pipeline/feature-store/npy.ts';
import { NpyRows } from '#main/pipeline/feature-store/npy-rows.ts';
import { sampleGrid, samplesIn } from '#main/pipeline/propose/sample-grid.ts';
import { SpanMeans } from '#main/pipeline/vectors/span-means.ts';
import { unitRows } from '#main/pipeline/vectors/unit-rows.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Span } from '#preload/domain/span.ts';

/** Features `[N, D]` as they lie in the project, or as modules made them; fails as `NpyRows` does. */
export const openRows = (folder: string, { features, modules }: DenseKey): NpyRows =>
  new NpyRows(
    modules.length === 0
      ? new FeatureStore(folder).filesOf(features).features
      : path.join(folder, denseName({ features, modules })),
  );

/** `[N]` their times, microseconds. */
export function timesOfRows(folder: string, key: DenseKey): Float64Array {
  const { times } = new FeatureStore(folder).filesOf(key.features);
  return Float64Array.from(readNpy(readFileSync(times), times).data);
}

/**
 * `[D]` the direction of a span's mean feature, of which no more is read than the span; null where the features are not
 * there, or damaged.
 */
export function storedSpanFeature(folder: string, key: DenseKey, span: Span, endUs: number): Float32Array | null {
  try {
    using rows = openRows(folder, key);
    const [from, to] = samplesIn(sampleGrid(timesOfRows(folder, key), endUs), span);
    const read = rows.read(from, to);
    const means = new SpanMeans(key.modules.length === 0 ? unitRows(read, rows.dim) : read, rows.dim);
    return Float32Array.from(means.unitMean(0, to - from, new Float64Array(rows.dim)));
  } catch (error) {
    if (isMissing(error) || error instanceof Failure) return null;
    throw error;
  }
}
