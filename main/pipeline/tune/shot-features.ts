import { normaliseRows } from '#native-models/features/unit-rows.ts';
import type { Shot } from './training-shots.ts';

/** Frame features of one video in the order of time: unit rows `[N, D]` and their times. */
export interface VideoFeatures {
  readonly features: Float32Array;
  /** `[N]` microseconds. */
  readonly timesUs: Float64Array;
}

/** Rows of the samples inside a span, at least one: a span between two samples gets the nearer. */
export function rowsInside(
  { timesUs }: VideoFeatures,
  span: Pick<Shot, 'startUs' | 'endUs'>,
): { readonly start: number; readonly end: number } {
  let start = timesUs.findIndex((time) => time >= span.startUs);
  if (start < 0) start = timesUs.length - 1;
  let end = start;
  while (end < timesUs.length && timesUs[end]! < span.endUs) end += 1;
  if (end > start) return { start, end };
  const middle = (span.startUs + span.endUs) / 2;
  const before = Math.max(0, start - 1);
  const nearest = Math.abs(timesUs[before]! - middle) < Math.abs(timesUs[start]! - middle) ? before : start;
  return { start: nearest, end: nearest + 1 };
}

/** The mean feature of a span, unit length, `[D]`. */
export function meanFeature(video: VideoFeatures, span: Pick<Shot, 'startUs' | 'endUs'>, dim: number): Float32Array {
  const { start, end } = rowsInside(video, span);
  const mean = new Float32Array(dim);
  for (let row = start; row < end; row += 1)
    for (let at = 0; at < dim; at += 1) mean[at]! += video.features[row * dim + at]!;
  return normaliseRows(mean, dim);
}

/** `frames` features spread evenly over a span, `[T, D]`; short spans repeat rows (Ju et al. 2022, released code). */
export function spreadFeatures(
  video: VideoFeatures,
  span: Pick<Shot, 'startUs' | 'endUs'>,
  frames: number,
  dim: number,
): Float32Array {
  const { start, end } = rowsInside(video, span);
  const spread = new Float32Array(frames * dim);
  for (let frame = 0; frame < frames; frame += 1) {
    const row = start + Math.min(end - start - 1, Math.floor(((frame + 0.5) * (end - start)) / frames));
    spread.set(video.features.subarray(row * dim, (row + 1) * dim), frame * dim);
  }
  return spread;
}
