import { panBy, zoomAt } from './time-scale.ts';
import { scrollRows, setScale, useTimeline } from './timeline-view.ts';

/** Ctrl or Command zooms around pixel `x`, Shift or a sideways wheel pans, a plain one scrolls the rows where they overflow. */
export function wheelTimeline(event: WheelEvent, x: number): void {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
  const { layout, rowsPx, leadPx } = useTimeline.getState();
  if (event.ctrlKey || event.metaKey) setScale((scale, limits) => zoomAt(scale, x, Math.exp(-dy * 0.003), limits));
  else if (event.shiftKey || Math.abs(dx) > Math.abs(dy) || leadPx + layout.heightPx <= rowsPx) {
    setScale((scale, limits) => panBy(scale, Math.abs(dx) > Math.abs(dy) ? dx : dy, limits));
  } else scrollRows(dy);
}
