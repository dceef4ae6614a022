import { microsecondsPerSecond, type Span } from '#preload/domain/span.ts';

/**
 * The stretch of video that each sampled frame stands for. Sample `i` owns `[edgesUs[i], edgesUs[i + 1])`: all moments
 * nearer to it than to its neighbours, so boundaries between samples have indices `0 … N`.
 */
export interface SampleGrid {
  readonly count: number;
  /** `[N + 1]` whole microseconds. */
  readonly edgesUs: Float64Array;
  /** The usual distance of two samples (the median), seconds; the whole video where there is one sample. */
  readonly stepS: number;
}

/** @param timesUs `[N]` strictly increasing, N ≥ 1. @param endUs end of the video, after the last sample. */
export function sampleGrid(timesUs: Float64Array, endUs: number): SampleGrid {
  const count = timesUs.length;
  if (count === 0) throw new RangeError('localisation needs at least one sampled frame');
  const gaps = new Float64Array(count - 1);
  for (let index = 1; index < count; index += 1) gaps[index - 1] = timesUs[index]! - timesUs[index - 1]!;
  if (gaps.some((gap) => !(gap > 0)) || !(endUs > timesUs[count - 1]!)) {
    throw new RangeError('sample times must increase strictly and end before the video does');
  }
  const stepUs = count > 1 ? gaps.slice().sort()[(count - 1) >> 1]! : endUs - timesUs[0]!;
  const edgesUs = Float64Array.from({ length: count + 1 }, (_, edge) => edgeUs(timesUs, endUs, edge));
  return { count, edgesUs, stepS: stepUs / microsecondsPerSecond };
}

/** One of the `N + 1` edges between samples at times `[N]`, whole microseconds. */
export function edgeUs(timesUs: Float64Array, endUs: number, edge: number): number {
  const count = timesUs.length;
  if (edge === count) return Math.round(endUs);
  if (edge > 0) return Math.round((timesUs[edge - 1]! + timesUs[edge]!) / 2);
  return count > 1 ? Math.max(0, Math.round(timesUs[0]! - (timesUs[1]! - timesUs[0]!) / 2)) : 0;
}

/** A duration in whole samples, at least one. */
export function samplesOf(grid: Pick<SampleGrid, 'stepS'>, seconds: number): number {
  return Math.max(1, Math.round(seconds / grid.stepS));
}

/** Samples of which at least half lies in the span; at least the one in its middle. Half-open. */
export function samplesIn({ edgesUs, count }: Pick<SampleGrid, 'edgesUs' | 'count'>, span: Span): [number, number] {
  const middleOf = (sample: number): number => (edgesUs[sample]! + edgesUs[sample + 1]!) / 2;
  const start = Math.min(
    firstSample(count, (sample) => middleOf(sample) >= span.startUs),
    count - 1,
  );
  const end = Math.max(
    start,
    firstSample(count, (sample) => middleOf(sample) >= span.endUs),
  );
  if (end > start) return [start, end];
  const middleUs = (span.startUs + span.endUs) / 2;
  const inside = firstSample(count - 1, (sample) => edgesUs[sample + 1]! > middleUs);
  return [inside, inside + 1];
}

/** The first of `count` samples from which on something holds; `count` where it holds for none. */
export function firstSample(count: number, holds: (sample: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
