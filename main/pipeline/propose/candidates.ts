import { microsecondsOf } from '#preload/domain/span.ts';
import type { FeatureAnalysis } from './analyse-features.ts';
import { coarserPoints } from './change-points.ts';
import type { ProposalSettings } from './localisation-settings.ts';
import type { SampleSpans } from './span-collector.ts';
import { SpanCollector } from './span-collector.ts';
import { TemporalGrouping } from './temporal-grouping.ts';

/**
 * All stretches worth scoring: the groups of every curve at every threshold and tolerance, and all unions of up to
 * `maxUnionIntervals` neighbouring intervals between change points. So that a long action with many changes inside is a
 * union too, the same is done with the strongest of all change points, twice as far apart, four times, and so on.
 * Each once; none shorter than `minDurationS`, unless nothing else is left: then the whole video.
 *
 * @param curves `[N]` each, in [0, 1].
 */
export function candidateSpans(
  curves: readonly Float64Array[],
  { grid, changePoints, novelty }: Pick<FeatureAnalysis, 'grid' | 'changePoints' | 'novelty'>,
  settings: Pick<
    ProposalSettings,
    'groupingThresholds' | 'groupingTolerancesPercent' | 'maxUnionIntervals' | 'minDurationS'
  >,
): SampleSpans {
  const collected = new SpanCollector(grid.count);
  const grouping = new TemporalGrouping(grid.count);
  for (const curve of curves) {
    grouping.group(curve, settings.groupingThresholds, settings.groupingTolerancesPercent, collected);
  }
  for (const points of [changePoints, ...coarserPoints(changePoints, novelty, settings.maxUnionIntervals)]) {
    for (let first = 0; first + 1 < points.length; first += 1) {
      const last = Math.min(first + settings.maxUnionIntervals, points.length - 1);
      for (let end = first + 1; end <= last; end += 1) collected.add(points[first]!, points[end]!);
    }
  }
  const lasting = lastingSpans(collected.distinct(), grid.edgesUs, microsecondsOf(settings.minDurationS));
  return lasting.starts.length > 0 ? lasting : { starts: Int32Array.of(0), ends: Int32Array.of(grid.count) };
}

/** The spans that last at least `minDurationUs`, in their order. */
function lastingSpans({ starts, ends }: SampleSpans, edgesUs: Float64Array, minDurationUs: number): SampleSpans {
  let kept = 0;
  for (let index = 0; index < starts.length; index += 1) {
    if (edgesUs[ends[index]!]! - edgesUs[starts[index]!]! < minDurationUs) continue;
    starts[kept] = starts[index]!;
    ends[kept] = ends[index]!;
    kept += 1;
  }
  return { starts: starts.subarray(0, kept), ends: ends.subarray(0, kept) };
}
