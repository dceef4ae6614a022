import type { SegmentState } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { firstAbove } from '../../shared/interval-lookup.ts';
import { shownLane, type TimelineRow } from './layout-rows.ts';
import { visibleSpan, xOf, type TimeScale } from './time-scale.ts';

/**
 * Index range `[first, end)` of a row that holds every segment touching `span`; single ones inside it may not. Costs
 * two binary searches.
 */
export function candidateRange(row: TimelineRow, span: Span): { readonly first: number; readonly end: number } {
  const first = firstAbove(row.reachUs, span.startUs);
  return { first, end: Math.max(first, firstAbove(row.startsUs, span.endUs)) };
}

/** A box to draw: one segment, or many of one lane and state that are together no wider than a few pixels. */
export interface DrawnBox {
  left: number;
  right: number;
  lane: number;
  state: SegmentState;
  /** Highest score inside; 1 for what a person made. */
  score: number;
  /** Index of the segment, or -1 for several in one. */
  index: number;
}

/** Below this width a segment has no inside to show. */
const mergeBelowPx = 3;

const states: readonly SegmentState[] = ['proposed', 'accepted', 'rejected'];

/**
 * Calls `draw` for every box of a row that is in view. Segments too narrow to tell apart and closer than a pixel
 * become one box, so that drawing costs as many boxes as there are pixels, not segments. The box is reused from call
 * to call. `skip` leaves out segments that are drawn elsewhere (being dragged, selected).
 */
export function forEachVisibleBox(
  row: TimelineRow,
  scale: TimeScale,
  skip: (segmentId: number) => boolean,
  draw: (box: Readonly<DrawnBox>) => void,
): void {
  const span = visibleSpan(scale);
  const { first, end } = candidateRange(row, span);
  const open: (DrawnBox | undefined)[] = [];
  for (let index = first; index < end; index += 1) {
    const segment = row.segments[index]!;
    if (segment.endUs <= span.startUs || skip(segment.id)) continue;
    const left = xOf(scale, segment.startUs);
    const right = xOf(scale, segment.endUs);
    const lane = shownLane(row, index);
    const score = segment.score ?? 1;
    const slot = lane * states.length + states.indexOf(segment.state);
    const run = open[slot];
    const narrow = right - left < mergeBelowPx;
    if (run && narrow && run.right - run.left < mergeBelowPx && left - run.right < 1) {
      run.right = Math.max(run.right, right);
      run.score = Math.max(run.score, score);
      run.index = -1;
      continue;
    }
    if (run) draw(run);
    open[slot] = { left, right, lane, state: segment.state, score, index };
  }
  for (const run of open) if (run) draw(run);
}
