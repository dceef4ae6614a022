import { firstAbove } from '../../shared/interval-lookup.ts';
import type { TimelineScene } from './timeline-scene.ts';
import { visibleSpan, xOf } from './time-scale.ts';

/** Small marks at the foot of the ruler where the picture changes, solid for a cut; at most one for each few pixels. */
export function drawChanges(ctx: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { bands, changesUs, cutsUs, palette, scale } = scene;
  const { startUs, endUs } = visibleSpan(scale);
  const foot = bands.ruler.y + bands.ruler.heightPx - 1;
  ctx.fillStyle = palette.accent;
  ctx.strokeStyle = palette.accent;
  ctx.lineWidth = 1;
  let lastX = -Infinity;
  for (let index = firstAbove(changesUs, startUs); index < changesUs.length && changesUs[index]! <= endUs; index += 1) {
    const x = Math.round(xOf(scale, changesUs[index]!)) + 0.5;
    if (x - lastX < leastApartPx) continue;
    lastX = x;
    ctx.beginPath();
    ctx.moveTo(x - 3.5, foot - 6);
    ctx.lineTo(x + 3.5, foot - 6);
    ctx.lineTo(x, foot);
    ctx.closePath();
    if (cutsUs.has(changesUs[index]!)) ctx.fill();
    else ctx.stroke();
  }
}

const leastApartPx = 4;
