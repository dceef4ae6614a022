import type { TimelineScene } from '../timeline-scene.ts';
import { usAt } from '../time-scale.ts';
import { bandAt } from '../track-bands.ts';
import { readWords, valueAt } from './series-track.ts';

/** The value of each sensor under the pointer, beside the hairline. */
export function drawSeriesValues(ctx: CanvasRenderingContext2D, scene: TimelineScene, x: number): void {
  const { scale, palette, bands, scrollPx } = scene;
  ctx.font = `11px ${palette.digitsFont}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const [index, track] of scene.series.entries()) {
    const band = bandAt(bands.series[index]!, scrollPx);
    const words = readWords(valueAt(track, usAt(scale, x)), track.facts);
    if (words === '' || (band.scrolls && band.y < bands.rows.y)) continue;
    const width = ctx.measureText(words).width + 8;
    const left = x + 6 + width > scale.widthPx ? x - 6 - width : x + 6;
    ctx.fillStyle = palette.raised;
    ctx.globalAlpha = 0.9;
    ctx.fillRect(left, band.y + 2, width, 15);
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.text;
    ctx.fillText(words, left + 4, band.y + 10);
  }
}

/** Asks for what the names of the tracks say at the playhead; what nobody reads any more is not fetched. */
export function readSeries({ series, table }: TimelineScene, frame: number | null): void {
  for (const track of series) {
    if (frame !== null) valueAt(track, table.startUs(frame));
    track.exact?.settle();
  }
}
