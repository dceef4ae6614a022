import type { Span } from '#preload/domain/span.ts';
import type { FrameFeatures } from '../feature-store/frame-features.ts';
import { movingAverage } from '../propose/curves.ts';
import { sampleGrid, samplesOf } from '../propose/sample-grid.ts';
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
  const grid = sampleGrid(video.timesUs, endUs);
  const raw = Float64Array.from(similarities(video.features, unitQuery, video.dim));
  const curve = movingAverage(raw, samplesOf(grid, settings.smoothingS));
  const usual = curve.slice().sort()[curve.length >> 2]!;
  const maxReach = samplesOf(grid, settings.maxHalfLengthS);
  const gap = Math.round(settings.mergeGapS / grid.stepS);
  const found: Peak[] = [];
  for (const peak of localMaxima(curve)) {
    if (found.some((moment) => moment.start <= peak && peak < moment.end)) continue;
    const rise = curve[peak]! - usual;
    if (found.length > 0 && rise < leastRise) break;
    const edge = usual + settings.edgeShare * rise;
    let start = peak;
    while (start > 0 && peak - start < maxReach && curve[start - 1]! >= edge) start -= 1;
    let end = peak + 1;
    while (end < curve.length && end - peak <= maxReach && curve[end]! >= edge) end += 1;
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
    startUs: grid.edgesUs[start]!,
    endUs: grid.edgesUs[end]!,
    peakUs: video.timesUs[peak]!,
    score: curve[peak]!,
  }));
}

/** Indices whose neighbours are not higher, the first of a plateau, highest first. */
function localMaxima(curve: Float64Array): number[] {
  const maxima: number[] = [];
  for (let index = 0; index < curve.length; index += 1) {
    const risesTo = index === 0 || curve[index]! > curve[index - 1]!;
    const fallsFrom = index + 1 === curve.length || curve[index]! >= curve[index + 1]!;
    if (risesTo && fallsFrom) maxima.push(index);
  }
  return maxima.sort((a, b) => curve[b]! - curve[a]! || a - b);
}
