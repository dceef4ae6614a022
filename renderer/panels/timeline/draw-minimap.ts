import type { RowsLayout } from './layout-rows.ts';
import type { TimelinePalette } from './timeline-palette.ts';
import { visibleSpan, xOf, type TimeScale } from './time-scale.ts';
import { forEachVisibleBox } from './visible-segments.ts';

/** The whole video on one strip, a thin line per class; `scale` fits the video to the strip. */
export function drawMinimap(
  ctx: CanvasRenderingContext2D,
  scale: TimeScale,
  heightPx: number,
  layout: RowsLayout,
  palette: TimelinePalette,
): void {
  ctx.fillStyle = palette.background;
  ctx.fillRect(0, 0, scale.widthPx, heightPx);
  const rowPx = Math.min(4, (heightPx - 4) / Math.max(1, layout.rows.length));
  layout.rows.forEach((row, index) => {
    const paint = palette.paintOf(row.actionClass);
    const top = 2 + index * rowPx;
    forEachVisibleBox(
      row,
      scale,
      () => false,
      (box) => {
        if (box.state === 'rejected') return;
        ctx.globalAlpha = box.state === 'accepted' ? 1 : 0.25 + 0.35 * box.score;
        ctx.fillStyle = paint.ink;
        ctx.fillRect(box.left, top, Math.max(1, box.right - box.left), Math.max(1, rowPx - 1));
      },
    );
  });
  ctx.globalAlpha = 1;
}

/** The window of what the timeline shows, and the playhead, over the minimap. */
export function drawMinimapWindow(
  ctx: CanvasRenderingContext2D,
  scale: TimeScale,
  heightPx: number,
  shown: TimeScale,
  playheadUs: number | null,
  palette: TimelinePalette,
): void {
  ctx.clearRect(0, 0, scale.widthPx, heightPx);
  const span = visibleSpan(shown);
  const left = Math.max(0, xOf(scale, span.startUs));
  const right = Math.min(scale.widthPx, Math.max(left + 6, xOf(scale, span.endUs)));
  ctx.fillStyle = palette.background;
  ctx.globalAlpha = 0.55;
  ctx.fillRect(0, 0, left, heightPx);
  ctx.fillRect(right, 0, scale.widthPx - right, heightPx);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.dimText;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(left + 0.5, 0.5, right - left - 1, heightPx - 1, 3);
  ctx.stroke();
  if (playheadUs === null) return;
  ctx.fillStyle = palette.playhead;
  ctx.fillRect(Math.round(xOf(scale, playheadUs)) - 0.5, 0, 1.5, heightPx);
}
