import type { Span } from '#preload/domain/span.ts';
import type { FrameFeatures } from '../feature-store/frame-features.ts';
import { movingAverage } from '../propose/curves.ts';
import { edgeUs, sampleGrid, samplesOf } from '../propose/sample-grid.ts';
import { similarities } from '../vectors/similarity.ts';
import type { SearchSettings } from './search-settings.ts';

/** A stretch of a video that fits a query. */
export interface VideoMoment extends Span {
  /** Time of the sample that fits best. */
  readonly peakUs: number;
  /** Cosine of query and video at the peak, smoothed over time. */
  readonly score: number;
}

/** A peak that rises less than this is none; a video without any is one moment. */
const leastRise = 1e-4;

interface Peak {
  readonly peak: number;
  start: number;
  end: number;
}

/** Similarity over a video's samples, smoothed. */
export interface SimilarityCurve {
  readonly count: number;
  /** `[count]` */
  readonly timesUs: Float64Array;
  readonly endUs: number;
  /** The usual distance of two samples, seconds. */
  readonly stepS: number;
  /** Of a sample in `[0, count)`. */
  at(sample: number): number;
  /** The lower quartile. */
  readonly usual: number;
}

/**
 * The best moments of one video, at most `settings.top`, best first: around each local maximum of the smoothed
 * similarity as far as it stays well above what is usual in the video; neighbours become one.
 *
 * @param unitQuery `[D]` of length 1.
 */
export function momentsInVideo(
  unitQuery: Float32Array,
  video: FrameFeatures,
  endUs: number,
  settings: SearchSettings,
): VideoMoment[] {
  if (unitQuery.length !== video.dim)
    throw new RangeError(`a query of ${unitQuery.length} for features of ${video.dim}`);
  return momentsOf(similarities(video.features, unitQuery, video.dim), video.timesUs, endUs, settings);
}

/** The same from the similarities `[N]` of a video's samples to a query. */
export function momentsOf(
  similarity: Float32Array,
  timesUs: Float64Array,
  endUs: number,
  settings: SearchSettings,
): VideoMoment[] {
  const { stepS } = sampleGrid(timesUs, endUs);
  const raw = Float64Array.from(similarity);
  const curve = movingAverage(raw, samplesOf({ stepS }, settings.smoothingS));
  const usual = curve.slice().sort()[curve.length >> 2]!;
  const whole: SimilarityCurve = {
    count: timesUs.length,
    timesUs,
    endUs,
    stepS,
    usual,
    at: (sample) => curve[sample]!,
  };
  return momentsAround(localMaxima(whole, 0, whole.count), whole, settings);
}

/** Moments around some of the maxima of a curve `[N]`, best first. */
export function momentsAround(
  maxima: readonly number[],
  { count, timesUs, endUs, stepS, at, usual }: SimilarityCurve,
  settings: SearchSettings,
): VideoMoment[] {
  const maxReach = samplesOf({ stepS }, settings.maxHalfLengthS);
  const gap = Math.round(settings.mergeGapS / stepS);
  const found: Peak[] = [];
  for (const peak of maxima.toSorted((a, b) => at(b) - at(a) || a - b)) {
    if (found.some((moment) => moment.start <= peak && peak < moment.end)) continue;
    const rise = at(peak) - usual;
    if (found.length > 0 && rise < leastRise) break;
    const edge = usual + settings.edgeShare * rise;
    let start = peak;
    while (start > 0 && peak - start < maxReach && at(start - 1) >= edge) start -= 1;
    let end = peak + 1;
    while (end < count && end - peak <= maxReach && at(end) >= edge) end += 1;
    const neighbour = found.find((moment) => start - gap <= moment.end && moment.start <= end + gap);
    if (neighbour) {
      neighbour.start = Math.min(neighbour.start, start);
      neighbour.end = Math.max(neighbour.end, end);
    } else if (found.length < settings.top) {
      found.push({ peak, start, end });
    } else {
      break;
    }
  }
  return found.map(({ peak, start, end }) => ({
    startUs: edgeUs(timesUs, endUs, start),
    endUs: edgeUs(timesUs, endUs, end),
    peakUs: timesUs[peak]!,
    score: at(peak),
  }));
}

/** Samples in `[from, to)` whose neighbours are not higher, the first of a plateau. */
export function localMaxima({ count, at }: Pick<SimilarityCurve, 'count' | 'at'>, from: number, to: number): number[] {
  const maxima: number[] = [];
  for (let sample = from; sample < to; sample += 1) {
    const risesTo = sample === 0 || at(sample) > at(sample - 1);
    const fallsFrom = sample + 1 === count || at(sample) >= at(sample + 1);
    if (risesTo && fallsFrom) maxima.push(sample);
  }
  return maxima;
}
