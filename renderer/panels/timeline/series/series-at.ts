import { useTimeline } from '../timeline-view.ts';
import { bandAt, type TrackBands } from '../track-bands.ts';
import type { SeriesTrack } from './series-track.ts';

/** The track at a height of the canvas; null for none. */
export function seriesAt(
  { bands, series }: { readonly bands: TrackBands; readonly series: readonly SeriesTrack[] },
  canvasY: number,
): SeriesTrack | null {
  const { scrollPx } = useTimeline.getState();
  const index = bands.series.findIndex((each) => {
    const band = bandAt(each, scrollPx);
    return canvasY >= Math.max(band.y, each.scrolls ? bands.rows.y : 0) && canvasY < band.y + band.heightPx;
  });
  return series[index] ?? null;
}
