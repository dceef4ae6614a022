import { percent } from '../../ui/quantities.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { drawBox, type BoxPlace } from './draw-boxes.ts';
import { drawRowCurve } from './draw-curves.ts';
import { drawPoint } from './draw-point.ts';
import { laneY, otherLanePx, otherLaneY, type RowsLayout, type TimelineRow } from './layout-rows.ts';
import type { TimelineScene } from './timeline-scene.ts';
import { xOf, type TimeScale } from './time-scale.ts';
import { forEachVisibleBox } from './visible-segments.ts';

/** A pixel of air between lanes. */
const boxHeightPx = ({ lanePx }: TimelineRow): number => lanePx - 2;

/** In lower lanes no word can be read. */
const leastWordsPx = 16;
/** A narrower box says nothing, unless it is selected. */
const leastLabelledPx = 26;

/** What stands on a box: the score of a proposal, the class of anything decided, the note where there is one. */
function labelOf(segment: Segment, row: TimelineRow): string {
  if (row.lanePx < leastWordsPx) return '';
  const name = segment.state === 'proposed' && segment.score !== null ? percent(segment.score) : row.actionClass.name;
  return segment.note === '' ? name : `${name} · ${segment.note}`;
}

/** Where a span's box is in a lane of `row`; `rowsTop` is where the first row's top is drawn. */
export const boxPlace = (
  row: TimelineRow,
  lane: number,
  scale: TimeScale,
  span: { startUs: number; endUs: number },
  rowsTop: number,
): BoxPlace => ({
  left: xOf(scale, span.startUs),
  right: xOf(scale, span.endUs),
  top: rowsTop + laneY(row, lane) + 1,
  heightPx: boxHeightPx(row),
});

const visibleRows = (layout: RowsLayout, scrollPx: number, heightPx: number): readonly TimelineRow[] =>
  layout.rows.filter((row) => row.y + row.heightPx > scrollPx && row.y < scrollPx + heightPx);

/** The class rows with their segments. */
export function drawRows(ctx: CanvasRenderingContext2D, scene: TimelineScene): void {
  const { bands, layout, palette, scale, scrollPx, selected } = scene;
  const { rows: band } = bands;
  const rowsTop = band.y - scrollPx;
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, band.y, scale.widthPx, band.heightPx);
  ctx.clip();
  const rows = visibleRows(layout, scrollPx, band.heightPx);
  for (const row of rows) {
    if (row.actionClass.id === scene.focusedClassId) {
      ctx.globalAlpha = 0.1;
      ctx.fillStyle = palette.paintOf(row.actionClass).fill;
      ctx.fillRect(0, rowsTop + row.y, scale.widthPx, row.heightPx);
      ctx.globalAlpha = 1;
    }
    if (scene.classScores) drawRowCurve(ctx, scene, row);
    ctx.fillStyle = palette.line;
    ctx.fillRect(0, rowsTop + row.y + row.heightPx - 1, scale.widthPx, 1);
  }
  let holdsSelected = false;
  const elsewhere = (id: number): boolean => {
    const isSelected = selected.has(id);
    holdsSelected ||= isSelected;
    return isSelected || scene.draggedIds.has(id);
  };
  const notMarked = (id: number): boolean => !selected.has(id) || scene.draggedIds.has(id);
  for (const row of rows) {
    holdsSelected = false;
    drawSegments(ctx, scene, row, elsewhere, false);
    drawOthers(ctx, scene, row, rowsTop);
    // Last, so that their outline and handles lie on top.
    if (holdsSelected) drawSegments(ctx, scene, row, notMarked, true);
  }
  ctx.restore();
}

/** What other annotators say, as bars below the row's own segments. */
function drawOthers(ctx: CanvasRenderingContext2D, scene: TimelineScene, row: TimelineRow, rowsTop: number): void {
  const { scale, palette } = scene;
  ctx.fillStyle = palette.paintOf(row.actionClass).ink;
  ctx.globalAlpha = 0.75;
  for (const [index, { spans }] of row.others.entries()) {
    const top = rowsTop + otherLaneY(row, index) + 2;
    for (const { startUs, endUs } of spans) {
      const [left, right] = [xOf(scale, startUs), xOf(scale, endUs)];
      if (right < 0 || left > scale.widthPx) continue;
      ctx.fillRect(left, top, Math.max(1.5, right - left), otherLanePx - 4);
    }
  }
  ctx.globalAlpha = 1;
}

/** The segments of a row in view, but for those to `skip`. */
function drawSegments(
  ctx: CanvasRenderingContext2D,
  { bands, palette, scale, scrollPx }: TimelineScene,
  row: TimelineRow,
  skip: (id: number) => boolean,
  selected: boolean,
): void {
  const paint = palette.paintOf(row.actionClass);
  const rowsTop = bands.rows.y - scrollPx;
  const isPoint = row.actionClass.kind === 'point';
  forEachVisibleBox(row, scale, skip, ({ index, lane, left, right, state, score }) => {
    const segment = row.segments[index] ?? null;
    const place = { left, right, top: rowsTop + laneY(row, lane) + 1, heightPx: boxHeightPx(row) };
    const label = segment && (selected || right - left > leastLabelledPx) ? labelOf(segment, row) : '';
    const locked = segment?.locked === true;
    const look = { state, score, source: segment?.source.kind ?? null, label, selected, locked };
    if (isPoint) drawPoint(ctx, place, look, paint, palette);
    else drawBox(ctx, place, look, paint, palette);
  });
}
