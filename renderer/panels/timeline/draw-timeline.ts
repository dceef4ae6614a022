import type { Span } from '#preload/domain/span.ts';
import { drawRows } from './draw-rows.ts';
import { drawCurves } from './draw-curves.ts';
import { drawFilmstrip, drawRuler, drawWaveform } from './draw-tracks.ts';
import type { TimelineScene } from './timeline-scene.ts';
import { xOf } from './time-scale.ts';

/** Paints the still part of the timeline: everything but the playhead and what the pointer does. */
export function drawTimeline(ctx: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { bands, palette, scale, table } = scene;
  const heightPx = bands.rows.y + bands.rows.heightPx;
  ctx.fillStyle = palette.background;
  ctx.fillRect(0, 0, scale.widthPx, heightPx);
  drawRuler(ctx, scene, heightPx);
  if (bands.filmstrip) drawFilmstrip(ctx, scene, bands.filmstrip);
  if (bands.waveform) drawWaveform(ctx, scene, bands.waveform);
  if (bands.curves) drawCurves(ctx, scene, bands.curves);
  ctx.fillStyle = palette.line;
  for (const band of [bands.filmstrip, bands.waveform, bands.curves]) {
    if (band) ctx.fillRect(0, band.y + band.heightPx - 1, scale.widthPx, 1);
  }
  drawRows(ctx, scene);
  shadeBeyond(ctx, 0, xOf(scale, table.firstStartUs), heightPx, palette.faintLine);
  shadeBeyond(ctx, xOf(scale, table.lastEndUs), scale.widthPx, heightPx, palette.faintLine);
  for (const { startUs, endUs } of betweenParts(scene)) {
    ctx.globalAlpha = 0.6;
    shadeBeyond(ctx, xOf(scale, startUs), xOf(scale, endUs), heightPx, palette.background);
    ctx.globalAlpha = 1;
  }
}

/** What others label: the rest of the video around the parts that are asked for, which lie in order. */
function betweenParts({ asked, table }: TimelineScene): Span[] {
  if (asked.length === 0) return [];
  const starts = [table.firstStartUs, ...asked.map(({ endUs }) => endUs)];
  const ends = [...asked.map(({ startUs }) => startUs), table.lastEndUs];
  return starts.map((startUs, index) => ({ startUs, endUs: ends[index]! }));
}

/** Before the first frame and after the last there is nothing to label. */
function shadeBeyond(ctx: CanvasRenderingContext2D, from: number, to: number, heightPx: number, colour: string): void {
  if (to <= from) return;
  ctx.fillStyle = colour;
  ctx.fillRect(from, 0, to - from, heightPx);
}
