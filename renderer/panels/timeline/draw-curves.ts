import { t } from '../../language/language.ts';
import { firstAbove } from '../../shared/interval-lookup.ts';
import type { Band } from './track-bands.ts';
import type { TimelineRow } from './layout-rows.ts';
import type { TimelineScene } from './timeline-scene.ts';
import { visibleSpan, xOf } from './time-scale.ts';

/** Actionness filled, novelty as a thin line, and the focused class's probability in its colour. */
export function drawCurves(ctx: CanvasRenderingContext2D, scene: TimelineScene, band: Band): void {
  const { curves, classCurves, palette, focusedClassId, layout } = scene;
  if (!curves || curves.timesUs.length === 0) {
    ctx.font = `11px ${palette.font}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = palette.dimText;
    const words = curves === undefined ? t('Computing the curves…') : t('Curves come with the first proposals');
    ctx.fillText(words, 12, band.y + band.heightPx / 2);
    return;
  }
  const focused = classCurves?.perClass.find((curve) => curve.classId === focusedClassId);
  const row = layout.rows.find((each) => each.actionClass.id === focusedClassId);
  traceCurve(ctx, scene, band, curves.timesUs, curves.actionness, true);
  ctx.fillStyle = palette.accent;
  ctx.globalAlpha = 0.22;
  ctx.fill();
  ctx.globalAlpha = 1;
  traceCurve(ctx, scene, band, curves.timesUs, curves.novelty, false);
  ctx.strokeStyle = palette.dimText;
  ctx.globalAlpha = 0.6;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.globalAlpha = 1;
  if (!focused || !row) return;
  traceCurve(ctx, scene, band, classCurves!.timesUs, focused.probability, false);
  ctx.strokeStyle = palette.paintOf(row.actionClass).ink;
  ctx.lineWidth = 1.75;
  ctx.stroke();
}

/** A class's curve in its row, behind the segments. */
export function drawRowCurve(ctx: CanvasRenderingContext2D, scene: TimelineScene, row: TimelineRow): void {
  const { classCurves, bands, scrollPx, palette } = scene;
  const curve = classCurves?.perClass.find(({ classId }) => classId === row.actionClass.id);
  // Lower rows have no room for heights.
  if (!curve || row.heightPx < leastCurvePx) return;
  const band = { y: bands.rows.y - scrollPx + row.y, heightPx: row.heightPx };
  const { ink } = palette.paintOf(row.actionClass);
  traceCurve(ctx, scene, band, classCurves!.timesUs, curve.probability, true);
  ctx.fillStyle = ink;
  ctx.globalAlpha = 0.16;
  ctx.fill();
  traceCurve(ctx, scene, band, classCurves!.timesUs, curve.probability, false);
  ctx.strokeStyle = ink;
  ctx.globalAlpha = 0.75;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.globalAlpha = 1;
}

const leastCurvePx = 12;

/** Path of a curve through the visible samples, at most one point, the highest, for each pixel. */
function traceCurve(
  ctx: CanvasRenderingContext2D,
  scene: TimelineScene,
  band: Band,
  timesUs: readonly number[],
  values: readonly number[],
  closed: boolean,
): void {
  const { scale } = scene;
  const { startUs, endUs } = visibleSpan(scale);
  const bottom = band.y + band.heightPx - 2;
  const height = band.heightPx - 6;
  let index = Math.max(0, firstAbove(timesUs, startUs) - 1);
  let firstX = 0;
  let lastX = 0;
  let begun = false;
  ctx.beginPath();
  while (index < timesUs.length) {
    const x = xOf(scale, timesUs[index]!);
    let value = values[index] ?? 0;
    const column = Math.floor(x);
    while (index + 1 < timesUs.length && Math.floor(xOf(scale, timesUs[index + 1]!)) === column) {
      index += 1;
      value = Math.max(value, values[index] ?? 0);
    }
    const y = bottom - Math.min(1, Math.max(0, value)) * height;
    if (begun) ctx.lineTo(x, y);
    else {
      if (closed) {
        ctx.moveTo(x, bottom);
        ctx.lineTo(x, y);
      } else ctx.moveTo(x, y);
      firstX = x;
      begun = true;
    }
    lastX = x;
    if (timesUs[index]! > endUs) break;
    index += 1;
  }
  if (closed && begun) {
    ctx.lineTo(lastX, bottom);
    ctx.lineTo(firstX, bottom);
    ctx.closePath();
  }
}
