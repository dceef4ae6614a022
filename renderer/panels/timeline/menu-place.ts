import { useStudio } from '../../shared/studio-state.ts';
import { playhead } from '../../playback/playback.ts';
import { primarySegment } from './selected-segments.ts';
import { xOf } from './time-scale.ts';
import { useTimeline } from './timeline-view.ts';
import type { TrackBands } from './track-bands.ts';

/** Where on the page a menu opens that was asked for by key: at the selected segment, else at the playhead, in view. */
export function menuPlace(canvas: DOMRect, bands: TrackBands): { readonly top: number; readonly left: number } {
  const { layout, scale, scrollPx } = useTimeline.getState();
  const segment = primarySegment(useStudio.getState());
  const row = segment && layout.rows.find(({ actionClass }) => actionClass.id === segment.classId);
  const x = xOf(scale, segment?.startUs ?? playhead.getState().timeUs);
  const y = bands.rows.y + (row ? row.y + row.heightPx - scrollPx : 0);
  return {
    top: canvas.top + Math.min(Math.max(y, 0), canvas.height),
    left: canvas.left + Math.min(Math.max(x, 0), canvas.width),
  };
}
