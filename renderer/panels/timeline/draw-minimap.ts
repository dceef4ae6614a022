import type { RowsLayout, TimelineRow } from './layout-rows.ts';
import type { TimelinePalette } from './timeline-palette.ts';
import { visibleSpan, xOf, type TimeScale } from './time-scale.ts';
import { forEachVisibleBox } from './visible-segments.ts';

/** What stands on the minimap's canvas. */
interface Drawn {
  readonly widthPx: number;
  readonly usPerPx: number;
  readonly palette: TimelinePalette;
  readonly lines: readonly (readonly TimelineRow[])[];
}

/** The lowest line, and the highest; CSS pixels. */
const linePx = { least: 1, most: 4 };

/**
 * The whole video on one strip, a thin line per class, or for several that follow each other where they are more than
 * there are pixels. An edit draws the lines anew whose rows it changed, since all of a hundred thousand segments take longer
 * than a picture may.
 */
export class Minimap {
  #drawn: Drawn | null = null;

  /** `scale` fits the video to the strip. */
  draw(
    ctx: CanvasRenderingContext2D,
    scale: TimeScale,
    heightPx: number,
    layout: RowsLayout,
    palette: TimelinePalette,
  ): void {
    const { widthPx, usPerPx } = scale;
    const room = heightPx - 4;
    const lineCount = Math.min(layout.rows.length, Math.floor(room / linePx.least));
    const stepPx = Math.min(linePx.most, room / Math.max(1, lineCount));
    const lines = linesOf(layout.rows, lineCount);
    const before = this.#drawn;
    const stays =
      before?.widthPx === widthPx &&
      before.usPerPx === usPerPx &&
      before.palette === palette &&
      before.lines.length === lines.length;
    if (!stays) {
      ctx.fillStyle = palette.background;
      ctx.fillRect(0, 0, widthPx, heightPx);
    }
    for (const [index, rows] of lines.entries()) {
      if (stays && sameRows(rows, before.lines[index]!)) continue;
      const top = 2 + index * stepPx;
      ctx.fillStyle = palette.background;
      ctx.fillRect(0, top, widthPx, stepPx);
      for (const row of rows) drawLine(ctx, row, scale, top, Math.max(linePx.least, stepPx - 1), palette);
    }
    ctx.globalAlpha = 1;
    this.#drawn = { widthPx, usPerPx, palette, lines };
  }
}

function linesOf(rows: readonly TimelineRow[], lineCount: number): TimelineRow[][] {
  const lines: TimelineRow[][] = Array.from({ length: lineCount }, () => []);
  for (const [index, row] of rows.entries()) lines[Math.floor((index * lineCount) / rows.length)]!.push(row);
  return lines;
}

/** Whether rows show the same on the strip; where they stand in the timeline is no matter. */
const sameRows = (a: readonly TimelineRow[], b: readonly TimelineRow[]): boolean =>
  a.length === b.length &&
  a.every(
    ({ segments, actionClass }, index) =>
      segments === b[index]!.segments && actionClass.colour === b[index]!.actionClass.colour,
  );

function drawLine(
  ctx: CanvasRenderingContext2D,
  row: TimelineRow,
  scale: TimeScale,
  top: number,
  heightPx: number,
  palette: TimelinePalette,
): void {
  ctx.fillStyle = palette.paintOf(row.actionClass).ink;
  forEachVisibleBox(
    row,
    scale,
    () => false,
    (box) => {
      if (box.state === 'rejected') return;
      ctx.globalAlpha = box.state === 'accepted' ? 1 : 0.25 + 0.35 * box.score;
      ctx.fillRect(box.left, top, Math.max(1, box.right - box.left), heightPx);
    },
  );
}

/** The window of what the timeline shows, and the playhead, over the minimap. */
export function drawMinimapWindow(
  ctx: CanvasRenderingContext2D,
  scale: TimeScale,
  heightPx: number,
  shown: TimeScale,
  playheadUs: number | null,
  palette: TimelinePalette,
): void {
  ctx.clearRect(0, 0, scale.widthPx, heightPx);
  const span = visibleSpan(shown);
  const left = Math.max(0, xOf(scale, span.startUs));
  const right = Math.min(scale.widthPx, Math.max(left + 6, xOf(scale, span.endUs)));
  ctx.fillStyle = palette.background;
  ctx.globalAlpha = 0.55;
  ctx.fillRect(0, 0, left, heightPx);
  ctx.fillRect(right, 0, scale.widthPx - right, heightPx);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = palette.dimText;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(left + 0.5, 0.5, right - left - 1, heightPx - 1, 3);
  ctx.stroke();
  if (playheadUs === null) return;
  ctx.fillStyle = palette.playhead;
  const widthPx = 1.5 * palette.playheadScale;
  ctx.fillRect(Math.round(xOf(scale, playheadUs)) + 0.25 - widthPx / 2, 0, widthPx, heightPx);
}
