import { create } from 'zustand';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { placeOf } from '../../backend/segment-order.ts';
import { fitLanes } from './fit-lanes.ts';
import { layoutRows, rowAt, type RowsLayout } from './layout-rows.ts';
import type { SpanPreview } from './timeline-scene.ts';
import { clampScale, fitVideo, timeLimits, visibleSpan, type TimeLimits, type TimeScale } from './time-scale.ts';

/** What the timeline shows of one video and how; nothing here is the backend's to know. */
export interface TimelineView {
  /** Null until the selected video's frame table has arrived. */
  readonly table: FrameTable | null;
  readonly limits: TimeLimits;
  readonly scale: TimeScale;
  /** Rows as they are drawn: what is hidden is not in them. */
  readonly layout: RowsLayout;
  /** How far the rows are scrolled down; negative where tracks that scroll are seen above them. */
  readonly scrollPx: number;
  /** Height of the window through which the rows are seen. */
  readonly rowsPx: number;
  /** Height of the tracks that scroll, above the first row. */
  readonly leadPx: number;
  readonly markInUs: number | null;
  readonly markOutUs: number | null;
  /** Spans being dragged or painted, not sent yet. */
  readonly previews: readonly SpanPreview[];
  readonly guideUs: number | null;
  /** Where the picture changes, in order. */
  readonly changesUs: readonly number[];
  /** Those of them that are cuts, to the frame. */
  readonly cutsUs: ReadonlySet<number>;
}

const nowhere: TimeLimits = { span: { startUs: 0, endUs: 1 }, minUsPerPx: 1 };

const emptyLayout: RowsLayout = layoutRows([], []);

/** The window's one timeline. */
export const useTimeline = create<TimelineView>(() => ({
  table: null,
  limits: nowhere,
  scale: { startUs: 0, usPerPx: 1, widthPx: 1 },
  layout: emptyLayout,
  scrollPx: 0,
  rowsPx: 0,
  leadPx: 0,
  markInUs: null,
  markOutUs: null,
  previews: [],
  guideUs: null,
  changesUs: [],
  cutsUs: new Set(),
}));

/** Shows another video from end to end, or nothing. */
export function loadTimeline(table: FrameTable | null): void {
  if (useTimeline.getState().table === table) return;
  const limits = table
    ? timeLimits(
        { startUs: table.firstStartUs, endUs: table.lastEndUs },
        (table.lastEndUs - table.firstStartUs) / table.frameCount,
      )
    : nowhere;
  useTimeline.setState(({ scale, leadPx }) => ({
    table,
    limits,
    scale: fitVideo(scale.widthPx, limits),
    scrollPx: -leadPx,
    markInUs: null,
    markOutUs: null,
    previews: [],
    guideUs: null,
  }));
}

/** Sets the view, kept within the limits. */
export function setScale(change: (scale: TimeScale, limits: TimeLimits) => TimeScale): void {
  useTimeline.setState(({ scale, limits }) => ({ scale: clampScale(change(scale, limits), limits) }));
}

/** A new canvas size: a view of the whole video stays one, any other keeps its zoom; rows at their top stay there. */
export function resizeTimeline(widthPx: number, rowsPx: number, leadPx: number): void {
  useTimeline.setState(({ scale, limits, layout, scrollPx, leadPx: before }) => {
    const whole = fitVideo(scale.widthPx, limits);
    const wasWhole = Math.abs(whole.usPerPx - scale.usPerPx) <= whole.usPerPx * 1e-6;
    return {
      scale: wasWhole ? fitVideo(widthPx, limits) : clampScale({ ...scale, widthPx }, limits),
      rowsPx,
      leadPx,
      scrollPx: scrollPx === -before ? -leadPx : clampScroll(scrollPx, layout, { rowsPx, leadPx }),
    };
  });
}

type ScrollWindow = Pick<TimelineView, 'rowsPx' | 'leadPx'>;

const clampScroll = (scrollPx: number, layout: RowsLayout, { rowsPx, leadPx }: ScrollWindow): number =>
  Math.max(-leadPx, Math.min(scrollPx, layout.heightPx - rowsPx));

/** Scrolls the rows by `px`. */
export function scrollRows(px: number): void {
  useTimeline.setState(({ scrollPx, layout, ...view }) => ({ scrollPx: clampScroll(scrollPx + px, layout, view) }));
}

/** New rows; the view stays where it is as far as it can. */
export function setLayout(layout: RowsLayout): void {
  useTimeline.setState((view) => {
    const fitted = fitLanes(layout, visibleSpan(view.scale));
    return { layout: fitted, scrollPx: clampScroll(view.scrollPx, fitted, view) };
  });
}

/**
 * Gives each row as many lanes as are in use in view. The row at the top of the window stays where it is on screen.
 */
export function fitRowsToView(): void {
  useTimeline.setState((view) => {
    const { layout, scrollPx, scale, previews } = view;
    // Rows never move under a hand that drags.
    if (previews.length > 0) return {};
    const fitted = fitLanes(layout, visibleSpan(scale));
    if (fitted === layout) return {};
    const top = rowAt(layout, Math.max(0, scrollPx));
    const after = top && fitted.rows[layout.rows.indexOf(top)];
    const moved = scrollPx <= 0 || !top || !after ? 0 : after.y - top.y;
    return { layout: fitted, scrollPx: clampScroll(scrollPx + moved, fitted, view) };
  });
}

/** Scrolls the row of a class into view, no further than needed. */
export function revealClass(classId: number): void {
  useTimeline.setState(({ scrollPx, layout, rowsPx, leadPx }) => {
    const row = layout.rows.find((each) => each.actionClass.id === classId);
    if (!row) return {};
    if (row.y < scrollPx) return { scrollPx: row.y };
    const below = row.y + row.heightPx - rowsPx;
    return below > scrollPx ? { scrollPx: clampScroll(Math.min(below, row.y), layout, { rowsPx, leadPx }) } : {};
  });
}

/** The segment with this id, if it is shown. */
export function shownSegment(segmentId: number): Segment | undefined {
  const { inOrder, rows } = useTimeline.getState().layout;
  if (segmentId > 0) return inOrder[placeOf(inOrder, segmentId)];
  // One that has no id of its own yet is in its row alone.
  for (const { segments } of rows) for (const segment of segments) if (segment.id === segmentId) return segment;
  return undefined;
}

/** Every shown segment in order of start, but for those just made that have no id yet. */
export const shownSegments = ({ inOrder }: RowsLayout): readonly Segment[] => inOrder;

/** The span between the marks; null until both are set in order. */
export function markedSpan({ markInUs, markOutUs }: Pick<TimelineView, 'markInUs' | 'markOutUs'>): Span | null {
  return markInUs !== null && markOutUs !== null && markOutUs > markInUs
    ? { startUs: markInUs, endUs: markOutUs }
    : null;
}
