import type { Span } from '#preload/domain/span.ts';
import type { RowsLayout } from './layout-rows.ts';
import { visibleSpan, type TimeScale } from './time-scale.ts';

/**
 * A stretch around what is in view, twice to four times as long, that stays the same while the view moves a little: its
 * length is a power of two, its start a multiple of a quarter of that. Pure.
 */
export function curveWindow(scale: TimeScale): Span {
  const { startUs, endUs } = visibleSpan(scale);
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, endUs - startUs))) / 2;
  const from = Math.floor(startUs / step) * step;
  return { startUs: from, endUs: from + 4 * step };
}

/** Rows that ask together: scrolling asks anew once a block comes into view. */
const blockRows = 16;

/** Classes whose rows are in view, with those of their blocks. Pure. */
export function classesInView({ rows }: RowsLayout, scrollPx: number, rowsPx: number): number[] {
  const first = rows.findIndex(({ y, heightPx }) => y + heightPx > scrollPx);
  const after = rows.findIndex(({ y }) => y >= scrollPx + rowsPx);
  if (first < 0) return [];
  const from = first - (first % blockRows);
  const to = Math.ceil((after < 0 ? rows.length : after) / blockRows) * blockRows;
  return rows.slice(from, to).map(({ actionClass }) => actionClass.id);
}
