import type { Band } from './track-bands.ts';
import type { TimelineScene } from './timeline-scene.ts';
import { rulerTicks } from './ruler-ticks.ts';
import { usAt, visibleSpan, xOf } from './time-scale.ts';

/** A label nearer than this to the right side would be cut. */
const labelEndPx = 44;

/** Times or frame numbers along the top, and faint lines from them down through everything. */
export function drawRuler(ctx: CanvasRenderingContext2D, scene: TimelineScene, heightPx: number): void {
  const { ruler } = scene.bands;
  const { palette } = scene;
  ctx.font = `11px ${palette.digitsFont}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (const tick of rulerTicks(scene.scale, scene.table)) {
    const x = Math.round(tick.x) + 0.5;
    if (tick.label === null) {
      ctx.fillStyle = palette.line;
      ctx.fillRect(x - 0.5, ruler.y + ruler.heightPx - 5, 1, 5);
      continue;
    }
    ctx.fillStyle = palette.faintLine;
    ctx.fillRect(x - 0.5, ruler.y + ruler.heightPx, 1, heightPx);
    ctx.fillStyle = palette.dimText;
    ctx.globalAlpha = 0.6;
    ctx.fillRect(x - 0.5, ruler.y + ruler.heightPx - 9, 1, 9);
    ctx.globalAlpha = 1;
    if (x + labelEndPx <= scene.scale.widthPx) ctx.fillText(tick.label, x + 4, ruler.y + ruler.heightPx / 2 - 1);
  }
  ctx.fillStyle = palette.line;
  ctx.fillRect(0, ruler.y + ruler.heightPx - 1, scene.scale.widthPx, 1);
}

/** Spacing of pictures, in steps that stay the same while panning and change seldom while zooming. */
const filmSteps = [1, 1.4, 2, 2.8, 4, 5.6, 8] as const;

/** The step between pictures that comes nearest to one picture's width. */
export function filmStepUs(pictureUs: number): number {
  const decade = 10 ** Math.floor(Math.log10(pictureUs));
  const candidates = [...filmSteps, 10].map((step) => step * decade);
  return Math.round(
    candidates.reduce((best, step) =>
      Math.abs(Math.log(step / pictureUs)) < Math.abs(Math.log(best / pictureUs)) ? step : best,
    ),
  );
}

/** Pictures side by side, each of the frame at its slot's middle. */
export function drawFilmstrip(ctx: CanvasRenderingContext2D, scene: TimelineScene, band: Band): void {
  const { scale, thumbnails, palette, table } = scene;
  if (!thumbnails) return;
  const top = band.y + 2;
  const height = band.heightPx - 4;
  const stepUs = filmStepUs(height * thumbnails.aspect * scale.usPerPx);
  const { startUs, endUs } = visibleSpan(scale);
  ctx.save();
  const clipLeft = Math.max(0, xOf(scale, table.firstStartUs));
  ctx.beginPath();
  ctx.rect(clipLeft, top, Math.min(scale.widthPx, xOf(scale, table.lastEndUs)) - clipLeft, height);
  ctx.clip();
  const last = Math.floor(Math.min(endUs, table.lastEndUs - 1) / stepUs);
  for (let slot = Math.floor(Math.max(startUs, table.firstStartUs) / stepUs); slot <= last; slot += 1) {
    const left = xOf(scale, slot * stepUs);
    const width = stepUs / scale.usPerPx;
    const wantedUs = Math.min(Math.max((slot + 0.5) * stepUs, table.firstStartUs), table.lastEndUs - 1);
    const picture = thumbnails.picture(table.startUs(table.frameAt(wantedUs)), endUs - startUs);
    if (picture) drawCovering(ctx, picture, left, top, width - 1, height, thumbnails.aspect);
    else {
      ctx.fillStyle = palette.faintLine;
      ctx.fillRect(left, top, width - 1, height);
    }
  }
  ctx.restore();
}

/** Fills the rectangle with the middle of `picture`. Its own size is asked of the source, since a nearest picture may differ. */
function drawCovering(
  ctx: CanvasRenderingContext2D,
  picture: CanvasImageSource,
  x: number,
  y: number,
  width: number,
  height: number,
  aspect: number,
): void {
  const source = picture as { readonly width?: number; readonly height?: number };
  const sourceHeight = typeof source.height === 'number' ? source.height : height;
  const sourceWidth = typeof source.width === 'number' ? source.width : sourceHeight * aspect;
  const share = Math.max(width / sourceWidth, height / sourceHeight);
  const cutWidth = width / share;
  const cutHeight = height / share;
  ctx.drawImage(
    picture,
    (sourceWidth - cutWidth) / 2,
    (sourceHeight - cutHeight) / 2,
    cutWidth,
    cutHeight,
    x,
    y,
    width,
    height,
  );
}

/** Loudness around a middle line. */
export function drawWaveform(ctx: CanvasRenderingContext2D, scene: TimelineScene, band: Band): void {
  const { peaks, scale, table, palette } = scene;
  if (!peaks || peaks.length === 0) return;
  const buckets = peaks.length / 2;
  const bucketUs = table.lastEndUs / buckets;
  const middle = band.y + band.heightPx / 2;
  const half = band.heightPx / 2 - 3;
  ctx.fillStyle = palette.dimText;
  ctx.globalAlpha = 0.55;
  for (let x = Math.max(0, Math.floor(xOf(scale, 0))); x < scale.widthPx; x += 1) {
    const first = Math.max(0, Math.floor(usAt(scale, x) / bucketUs));
    const end = Math.min(buckets, Math.max(first + 1, Math.ceil(usAt(scale, x + 1) / bucketUs)));
    if (first >= buckets) break;
    let low = 0;
    let high = 0;
    for (let bucket = first; bucket < end; bucket += 1) {
      low = Math.min(low, peaks[bucket * 2]!);
      high = Math.max(high, peaks[bucket * 2 + 1]!);
    }
    const top = middle - Math.min(1, high) * half;
    ctx.fillRect(x, top, 1, Math.max(1, middle - Math.max(-1, low) * half - top));
  }
  ctx.globalAlpha = 1;
}
