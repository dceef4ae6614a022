import type { Span } from '#preload/domain/span.ts';
import { formatTimecode, spokenSeconds } from '../../ui/timecode.ts';
import { drawBox } from './draw-boxes.ts';
import { drawPoint } from './draw-point.ts';
import { boxPlace } from './draw-rows.ts';
import { shownLane } from './layout-rows.ts';
import type { OverlayScene, SpanPreview, TimelineScene } from './timeline-scene.ts';
import { drawSeriesValues, readSeries } from './series/draw-values.ts';
import { xOf } from './time-scale.ts';

/** Paints what moves: playhead, marks, loop, the span being dragged, guide, hairline and selection rectangle. */
export function drawOverlay(ctx: CanvasRenderingContext2D, overlay: OverlayScene): void {
  const { base } = overlay;
  const { bands, palette, scale } = base;
  const heightPx = bands.rows.y + bands.rows.heightPx;
  ctx.clearRect(0, 0, scale.widthPx, heightPx);
  if (overlay.loop) drawStretch(ctx, overlay, overlay.loop, palette.accent);
  drawMarks(ctx, overlay);
  if (overlay.hoverX !== null) {
    ctx.fillStyle = palette.dimText;
    ctx.globalAlpha = 0.35;
    ctx.fillRect(Math.round(overlay.hoverX), bands.ruler.heightPx, 1, heightPx);
    ctx.globalAlpha = 1;
    drawSeriesValues(ctx, base, overlay.hoverX);
  }
  readSeries(base, overlay.frame);
  if (overlay.guideUs !== null) {
    ctx.fillStyle = palette.accent;
    ctx.fillRect(Math.round(xOf(scale, overlay.guideUs)), bands.ruler.heightPx, 1, heightPx);
  }
  for (const preview of overlay.previews) drawPreview(ctx, overlay, preview);
  if (overlay.frame !== null) drawPlayhead(ctx, base, overlay.frame, heightPx);
  if (overlay.marquee) {
    const [a, b] = overlay.marquee;
    ctx.fillStyle = palette.accent;
    ctx.strokeStyle = palette.accent;
    ctx.lineWidth = 1;
    ctx.globalAlpha = 0.12;
    ctx.fillRect(a.x, a.y, b.x - a.x, b.y - a.y);
    ctx.globalAlpha = 1;
    ctx.strokeRect(a.x, a.y, b.x - a.x, b.y - a.y);
  }
}

function drawPlayhead(ctx: CanvasRenderingContext2D, base: TimelineScene, frame: number, heightPx: number): void {
  const { table, scale, palette, bands } = base;
  const x = xOf(scale, table.startUs(frame));
  const width = xOf(scale, table.endUs(frame)) - x;
  ctx.fillStyle = palette.playhead;
  if (width >= 4) {
    // Zoomed in, the whole frame on screen is shown, not only where it begins.
    ctx.globalAlpha = 0.16;
    ctx.fillRect(x, bands.ruler.heightPx, width, heightPx);
    ctx.globalAlpha = 1;
  }
  const line = Math.round(x) + 0.25;
  const by = palette.playheadScale;
  ctx.fillRect(line - 0.75 * by, bands.ruler.y + 8, 1.5 * by, heightPx);
  ctx.beginPath();
  ctx.moveTo(line - 5.75 * by, bands.ruler.y + 2);
  ctx.lineTo(line + 5.75 * by, bands.ruler.y + 2);
  ctx.lineTo(line + 5.75 * by, bands.ruler.y + 2 + 6 * by);
  ctx.lineTo(line, bands.ruler.y + 2 + 12 * by);
  ctx.lineTo(line - 5.75 * by, bands.ruler.y + 2 + 6 * by);
  ctx.closePath();
  ctx.fill();
}

/** A bar on the ruler's foot. */
function drawStretch(ctx: CanvasRenderingContext2D, { base }: OverlayScene, span: Span, colour: string): void {
  const { scale, bands } = base;
  const left = xOf(scale, span.startUs);
  ctx.fillStyle = colour;
  ctx.globalAlpha = 0.8;
  ctx.fillRect(left, bands.ruler.y + bands.ruler.heightPx - 4, xOf(scale, span.endUs) - left, 3);
  ctx.globalAlpha = 1;
}

function drawMarks(ctx: CanvasRenderingContext2D, overlay: OverlayScene): void {
  const { base, markInUs, markOutUs } = overlay;
  const { scale, bands, palette } = base;
  const heightPx = bands.rows.y + bands.rows.heightPx;
  ctx.fillStyle = palette.accent;
  if (markInUs !== null && markOutUs !== null) {
    const left = xOf(scale, markInUs);
    ctx.globalAlpha = 0.14;
    ctx.fillRect(left, bands.ruler.y, xOf(scale, markOutUs) - left, heightPx);
    ctx.globalAlpha = 1;
  }
  for (const [us, direction] of [
    [markInUs, 1],
    [markOutUs, -1],
  ] as const) {
    if (us === null) continue;
    const x = Math.round(xOf(scale, us));
    ctx.fillRect(x - (direction > 0 ? 0 : 2), bands.ruler.y, 2, heightPx);
    // A bracket that opens towards the inside.
    ctx.fillRect(direction > 0 ? x : x - 7, bands.ruler.y, 7, 2);
    ctx.fillRect(direction > 0 ? x : x - 7, bands.ruler.y + bands.ruler.heightPx - 2, 7, 2);
  }
}

function drawPreview(ctx: CanvasRenderingContext2D, { base }: OverlayScene, preview: SpanPreview): void {
  const { layout, scale, palette, bands, scrollPx } = base;
  const row = layout.rows.find((each) => each.actionClass.id === preview.classId);
  if (!row) return;
  const index = row.segments.findIndex((segment) => segment.id === preview.segmentId);
  const segment = row.segments[index];
  const place = boxPlace(row, index < 0 ? 0 : shownLane(row, index), scale, preview.span, bands.rows.y - scrollPx);
  const look = {
    state: segment?.state ?? 'accepted',
    score: segment?.score ?? 1,
    source: segment?.source.kind ?? 'human',
    label: '',
    selected: true,
    locked: false,
  } as const;
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, bands.rows.y, scale.widthPx, bands.rows.heightPx);
  ctx.clip();
  if (row.actionClass.kind === 'point') drawPoint(ctx, place, look, palette.paintOf(row.actionClass), palette);
  else drawBox(ctx, place, look, palette.paintOf(row.actionClass), palette);
  ctx.restore();
  drawSpanTimes(
    ctx,
    base.palette,
    preview.span,
    place.left,
    place.right,
    Math.max(bands.ruler.heightPx + 2, place.top - 20),
    scale.widthPx,
  );
}

/** Start, end and length beside the box while its edges move. */
function drawSpanTimes(
  ctx: CanvasRenderingContext2D,
  palette: OverlayScene['base']['palette'],
  span: Span,
  left: number,
  right: number,
  top: number,
  widthPx: number,
): void {
  const text = `${formatTimecode(span.startUs)} – ${formatTimecode(span.endUs)}  ${spokenSeconds(span.endUs - span.startUs)}`;
  ctx.font = `11px ${palette.digitsFont}`;
  const width = ctx.measureText(text).width + 12;
  const x = Math.min(Math.max((left + right - width) / 2, 2), widthPx - width - 2);
  ctx.fillStyle = palette.raised;
  ctx.strokeStyle = palette.line;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(x, top, width, 17, 4);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = palette.text;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(text, x + 6, top + 9);
}
