import type { BoxLook, BoxPlace } from './draw-boxes.ts';
import type { ClassPaint, TimelinePalette } from './timeline-palette.ts';

/** Half the width of a mark: what is seen, and what is grabbed. */
export const pointHalfPx = 6;

/**
 * An event of one frame: a diamond over a thin line at the frame. Proposed it is outlined, accepted solid, rejected crossed
 * out; zoomed in so far that the frame is wider than the mark, the frame is shown too.
 */
export function drawPoint(
  ctx: CanvasRenderingContext2D,
  { left, right, top, heightPx }: BoxPlace,
  { state, score, selected, locked }: BoxLook,
  paint: ClassPaint,
  palette: TimelinePalette,
): void {
  const x = (left + right) / 2;
  const y = top + heightPx / 2;
  const half = Math.min(pointHalfPx, heightPx / 2);
  const ink = state === 'rejected' ? palette.dimText : paint.ink;
  ctx.globalAlpha = 0.55;
  ctx.fillStyle = ink;
  if (right - left > 2 * half) {
    ctx.globalAlpha = 0.18;
    ctx.fillRect(left, top, right - left, heightPx);
  } else ctx.fillRect(x - 0.5, top, 1, heightPx);
  ctx.globalAlpha = state === 'proposed' ? 0.35 + 0.65 * score : 1;
  diamond(ctx, x, y, half);
  ctx.fillStyle = state === 'accepted' ? paint.fill : palette.background;
  ctx.fill();
  ctx.strokeStyle = ink;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.globalAlpha = 1;
  if (state === 'rejected') line(ctx, x - half, y + half, x + half, y - half);
  if (locked) {
    ctx.fillStyle = state === 'accepted' ? paint.onFill : ink;
    ctx.fillRect(x - 1.5, y - 1.5, 3, 3);
  }
  if (!selected) return;
  diamond(ctx, x, y, half + 2.5);
  ctx.strokeStyle = palette.text;
  ctx.lineWidth = 2;
  ctx.stroke();
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, half: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y - half);
  ctx.lineTo(x + half, y);
  ctx.lineTo(x, y + half);
  ctx.lineTo(x - half, y);
  ctx.closePath();
}

function line(ctx: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}
