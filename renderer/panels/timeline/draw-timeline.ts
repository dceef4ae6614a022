import type { Span } from '#preload/domain/span.ts';
import { drawRows } from './draw-rows.ts';
import { drawCurves } from './draw-curves.ts';
import { drawSpectrogram } from './draw-spectrogram.ts';
import { drawChanges } from './draw-changes.ts';
import { drawFilmstrip, drawRuler, drawWaveform } from './draw-tracks.ts';
import { drawSeries } from './series/draw-series.ts';
import type { TimelineScene } from './timeline-scene.ts';
import { xOf } from './time-scale.ts';
import { bandAt, type Band, type TrackBand } from './track-bands.ts';

/** Paints the still part of the timeline: everything but the playhead and what the pointer does. */
export function drawTimeline(ctx: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { bands, palette, scale, table } = scene;
  const heightPx = bands.rows.y + bands.rows.heightPx;
  ctx.fillStyle = palette.background;
  ctx.fillRect(0, 0, scale.widthPx, heightPx);
  drawRuler(ctx, scene, heightPx);
  drawChanges(ctx, scene);
  drawTrack(ctx, scene, bands.filmstrip, drawFilmstrip);
  drawTrack(ctx, scene, bands.waveform, drawWaveform);
  drawTrack(ctx, scene, bands.spectrogram, drawSpectrogram);
  drawTrack(ctx, scene, bands.curves, drawCurves);
  for (const [index, track] of scene.series.entries())
    drawTrack(ctx, scene, bands.series[index] ?? null, (_ctx, _scene, band) => drawSeries(ctx, scene, track, band));
  drawRows(ctx, scene);
  shadeBeyond(ctx, 0, xOf(scale, table.firstStartUs), heightPx, palette.faintLine);
  shadeBeyond(ctx, xOf(scale, table.lastEndUs), scale.widthPx, heightPx, palette.faintLine);
  for (const { startUs, endUs } of betweenParts(scene)) {
    ctx.globalAlpha = 0.6;
    shadeBeyond(ctx, xOf(scale, startUs), xOf(scale, endUs), heightPx, palette.background);
    ctx.globalAlpha = 1;
  }
}

/** One track with the line below it; one that scrolls is seen no further up than the rows are. */
function drawTrack(
  ctx: CanvasRenderingContext2D,
  scene: TimelineScene,
  track: TrackBand | null,
  draw: (ctx: CanvasRenderingContext2D, scene: TimelineScene, band: Band) => void,
): void {
  if (!track) return;
  const { scale, scrollPx, palette, bands } = scene;
  const band = bandAt(track, scrollPx);
  if (band.scrolls && band.y + band.heightPx <= bands.rows.y) return;
  ctx.save();
  if (band.scrolls) {
    ctx.beginPath();
    ctx.rect(0, bands.rows.y, scale.widthPx, bands.rows.heightPx);
    ctx.clip();
  }
  draw(ctx, scene, band);
  ctx.fillStyle = palette.line;
  ctx.fillRect(0, band.y + band.heightPx - 1, scale.widthPx, 1);
  ctx.restore();
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
