import { spectrogramColumnUs, spectrogramLevels, spectrogramTileSpan } from '#preload/domain/spectrogram.ts';
import { t } from '../../language/language.ts';
import type { TimelineScene } from './timeline-scene.ts';
import { visibleSpan, xOf } from './time-scale.ts';
import type { Band } from './track-bands.ts';

/** The level whose columns come nearest to a pixel, not narrower than half of one. */
export function levelFor(usPerPx: number): number {
  const level = Math.round(Math.log2(usPerPx / spectrogramColumnUs(0)));
  return Math.min(Math.max(level, 0), spectrogramLevels - 1);
}

/** The sound's spectrogram, low below and high above; coarser pictures stand in for what is on its way. */
export function drawSpectrogram(ctx: CanvasRenderingContext2D, scene: TimelineScene, band: Band): void {
  const { scale, spectrogram, table, palette } = scene;
  if (!spectrogram) return;
  const level = levelFor(scale.usPerPx);
  const { startUs, endUs } = visibleSpan(scale);
  const tileUs = spectrogramTileSpan(level, 0).endUs;
  const last = Math.floor((Math.min(endUs, table.lastEndUs) - 1) / tileUs);
  let failed = false;
  for (let tile = Math.max(0, Math.floor(startUs / tileUs)); tile <= last; tile += 1) {
    const picture = spectrogram.want(level, tile);
    failed ||= picture === null;
    const left = xOf(scale, tile * tileUs);
    const width = tileUs / scale.usPerPx;
    if (picture) ctx.drawImage(picture, left, band.y + 1, width, band.heightPx - 2);
    else drawCoarser(ctx, scene, band, level, tile);
  }
  spectrogram.settle();
  if (!failed) return;
  ctx.font = `11px ${palette.font}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = palette.dimText;
  ctx.fillText(t('The sound cannot be read here'), 12, band.y + band.heightPx / 2);
}

/** The part of a coarser tile that covers this one, if one is at hand. */
function drawCoarser(
  ctx: CanvasRenderingContext2D,
  { scale, spectrogram }: TimelineScene,
  band: Band,
  level: number,
  tile: number,
): void {
  const { startUs, endUs } = spectrogramTileSpan(level, tile);
  for (let up = 1; up <= 4; up += 1) {
    const picture = spectrogram?.peek(level + up, tile >> up);
    if (!picture) continue;
    const share = picture.width / 2 ** up;
    const from = (tile % 2 ** up) * share;
    const left = xOf(scale, startUs);
    ctx.drawImage(
      picture,
      from,
      0,
      share,
      picture.height,
      left,
      band.y + 1,
      xOf(scale, endUs) - left,
      band.heightPx - 2,
    );
    return;
  }
}
