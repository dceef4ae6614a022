import type { FeatureAnalysis } from './analyse-features.ts';
import type { ProposalSettings } from './localisation-settings.ts';
import type { SampleSpans } from './span-collector.ts';
import { SpanCollector } from './span-collector.ts';

/**
 * Moves each end of each span to the strongest change point near it, if that is stronger than where the end is.
 * "Near" is a share of the span's length, at most `snapMaxS`. Spans that become equal are given once.
 */
export function snapToChangePoints(
  spans: SampleSpans,
  analysis: FeatureAnalysis,
  settings: Pick<ProposalSettings, 'snapMaxShare' | 'snapMaxS'>,
): SampleSpans {
  const { novelty, changePoints, grid } = analysis;
  const isChangePoint = new Uint8Array(grid.count + 1);
  for (const point of changePoints) isChangePoint[point] = 1;
  const snap = (boundary: number, reach: number): number => {
    let best = boundary;
    const last = Math.min(grid.count, boundary + reach);
    for (let near = Math.max(0, boundary - reach); near <= last; near += 1) {
      if (isChangePoint[near] && novelty[near]! > novelty[best]!) best = near;
    }
    return best;
  };
  const snapped = new SpanCollector(grid.count);
  for (let index = 0; index < spans.starts.length; index += 1) {
    const start = spans.starts[index]!;
    const end = spans.ends[index]!;
    const reach = Math.floor(Math.min(settings.snapMaxShare * (end - start), settings.snapMaxS / grid.stepS));
    snapped.add(snap(start, reach), snap(end, reach));
  }
  return snapped.distinct();
}
