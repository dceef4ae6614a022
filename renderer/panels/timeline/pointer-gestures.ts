import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import type { PointerLook } from '../../shared/large-cursors.ts';
import { holdSpans } from '../../shared/spans-under-way.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { playhead, shuttle } from '../../playback/playback.ts';
import { dragTo, type DragGrid, type SegmentDrag } from './drag-segment.ts';
import { segmentsInRectangle } from './hit-test.ts';
import { loopFollows } from './loop-follows-edit.ts';
import { moveTogether, type SegmentMove } from './move-together.ts';
import { neighboursOf, rollEdges } from './roll-edges.ts';
import { createSegment, placeSegments } from './segment-edits.ts';
import { DragAxes } from './drag-axes.ts';
import { rowAt, type RowsLayout } from './layout-rows.ts';
import { magnetsOf, nearestMagnet } from './snap-edges.ts';
import { panBy, usAt, visibleSpan, type TimeScale } from './time-scale.ts';
import { usePreferences } from './timeline-preferences.ts';
import { setScale, shownSegments, useTimeline } from './timeline-view.ts';
import { candidateRange } from './visible-segments.ts';

/** A point of the rows: `x` from the canvas's left, `y` below the first row's top, `altKey` as held. */
export interface RowsPoint {
  readonly x: number;
  readonly y: number;
  readonly altKey: boolean;
}

/** What goes on between pressing and releasing the pointer. */
export interface Gesture {
  readonly cursor: PointerLook;
  move(point: RowsPoint): void;
  /** Released. */
  end(point: RowsPoint): void;
  /** Given up: everything as before. */
  cancel(): void;
  /** Whether holding the pointer beyond the canvas's side scrolls on. */
  readonly scrollsOn: boolean;
}

const magnetReachPx = 8;
/** Beyond so many visible segments only those of the same row draw, or every place would. */
const mostForeignMagnets = 300;

/** All that an edge may snap to in view, but for the edges of `besides` themselves. */
function magnetsInView(classId: number, besides: ReadonlySet<number>): Float64Array {
  const { layout, scale, markInUs, markOutUs, changesUs, table } = useTimeline.getState();
  const span = visibleSpan(scale);
  const edges = layout.rows.flatMap((row) => {
    const { first, end } = candidateRange(row, span);
    if (row.actionClass.id !== classId && end - first > mostForeignMagnets) return [];
    return row.segments
      .slice(first, end)
      .flatMap((segment) => (besides.has(segment.id) ? [] : [segment.startUs, segment.endUs]));
  });
  const { frame, table: playing } = playhead.getState();
  const atPlayhead = playing && playing === table ? [playing.startUs(frame), playing.endUs(frame)] : [];
  return magnetsOf([
    ...edges,
    ...changesUs,
    ...atPlayhead,
    ...(markInUs === null ? [] : [markInUs]),
    ...(markOutUs === null ? [] : [markOutUs]),
  ]);
}

const noMagnets = new Float64Array(0);

/** Puts the playhead under the pointer. */
export function scrub(): Gesture {
  const go = ({ x }: RowsPoint): void => shuttle.goToTime(usAt(useTimeline.getState().scale, x));
  return { cursor: 'default', scrollsOn: true, move: go, end: go, cancel: () => undefined };
}

/** Moves the view along with the pointer. */
export function pan(start: RowsPoint): Gesture {
  const from = useTimeline.getState().scale;
  const to = ({ x }: RowsPoint): void => setScale((_scale, limits) => panBy(from, start.x - x, limits));
  return { cursor: 'grabbing', scrollsOn: false, move: to, end: to, cancel: () => setScale(() => from) };
}

/** Selects what a rectangle touches; `keep` stays selected besides. */
export function marquee(start: RowsPoint, keep: readonly number[], show: (to: RowsPoint | null) => void): Gesture {
  const fromUs = usAt(useTimeline.getState().scale, start.x);
  const select = (to: RowsPoint): void => {
    const { layout, scale } = useTimeline.getState();
    const startX = (fromUs - scale.startUs) / scale.usPerPx;
    const inside = segmentsInRectangle(layout, scale, [{ x: startX, y: start.y }, to]).filter((id) => id > 0);
    useStudio.getState().selectSegments([...new Set([...keep, ...inside])]);
  };
  return {
    cursor: 'crosshair',
    scrollsOn: true,
    move: (to) => {
      show(to);
      select(to);
    },
    end: (to) => {
      select(to);
      show(null);
    },
    cancel: () => {
      useStudio.getState().selectSegments(keep);
      show(null);
    },
  };
}

/**
 * Drags an edge of a segment, or its body with those of `along`, which move by as much; the player shows the edge's frame,
 * and releasing sends one edit.
 */
export function dragSegment(
  segment: Segment,
  part: 'start' | 'end' | 'body',
  along: readonly Segment[],
  start: RowsPoint,
): Gesture {
  return dragPlaced(segment, part, part === 'body' ? along : [], start);
}

/**
 * Drags an edge with what shares it, or a body between its neighbours: all that touch follow, in one edit. Null where
 * nothing touches.
 */
export function rollSegment(segment: Segment, part: 'start' | 'end' | 'body', start: RowsPoint): Gesture | null {
  const edges = part === 'body' ? 'both' : part;
  const neighbours = neighboursOf(segment, edges, shownSegments(useTimeline.getState().layout));
  const along = [...neighbours.before, ...neighbours.after];
  if (along.length === 0) return null;
  return dragPlaced(segment, part, along, start, (span, table) => rollEdges(segment, neighbours, span, table));
}

/** Drags a segment with `along`, as `movesWith` says; without it, all by as much. */
function dragPlaced(
  segment: Segment,
  part: 'start' | 'end' | 'body',
  along: readonly Segment[],
  start: RowsPoint,
  movesWith?: MovesWith,
): Gesture {
  const follow = loopFollows(segment);
  return dragSpan(
    {
      kind: part === 'body' ? 'move' : part,
      original: { startUs: segment.startUs, endUs: segment.endUs },
      grabUs: usAt(useTimeline.getState().scale, start.x),
    },
    segment.classId,
    [segment, ...along],
    start,
    (moves) => {
      void placeSegments(moves);
      follow(moves[0]!.span);
    },
    movesWith,
  );
}

/** Draws a new segment of a class. */
export function drawSegment(videoId: number, classId: number, start: RowsPoint): Gesture {
  const grabUs = usAt(useTimeline.getState().scale, start.x);
  return dragSpan(
    { kind: 'create', original: { startUs: grabUs, endUs: grabUs }, grabUs },
    classId,
    [],
    start,
    (_moves, span) => {
      useStudio.getState().focusClass(classId);
      void createSegment(videoId, classId, span, true);
    },
  );
}

/** What moves, the dragged segment first, where it is wished to be at a span. */
type MovesWith = (span: Span, table: FrameTable) => readonly SegmentMove[];

function dragSpan(
  drag: SegmentDrag,
  ownClassId: number,
  segments: readonly Segment[],
  start: RowsPoint,
  commit: (moves: readonly SegmentMove[], span: Span) => void,
  movesWith?: MovesWith,
): Gesture {
  const frameBefore = playhead.getState().frame;
  const magnets = magnetsInView(ownClassId, new Set(segments.map(({ id }) => id)));
  const axes = new DragAxes(start);
  let span = drag.original;
  let moves: readonly SegmentMove[] = [];
  if (shuttle.playing) shuttle.pause();
  const show = (point: RowsPoint): void => {
    const { table, scale, layout } = useTimeline.getState();
    const { snapping } = usePreferences.getState();
    if (!table) return;
    const grid: DragGrid = {
      table,
      magnets: snapping === point.altKey ? noMagnets : magnets,
      reachUs: magnetReachPx * scale.usPerPx,
    };
    const pointerUs = usAt(scale, point.x);
    // What was not moved in time stays where it is, even beside a magnet.
    span = drag.kind === 'create' || axes.movesTime(point) ? dragTo(drag, pointerUs, grid) : drag.original;
    // An event of one frame is drawn where the pointer is, not over what it passed.
    if (drag.kind === 'create' && isPointClass(layout, ownClassId)) span = frameSpan(table, pointerUs);
    if (movesWith) {
      moves = movesWith(span, table);
      ({ span } = moves[0]!);
    } else if (drag.kind === 'move') {
      moves = moveTogether(
        segments,
        {
          frames: table.frameRange(span).startFrame - table.frameRange(drag.original).startFrame,
          rows: rowsBetween(layout, ownClassId, point.y),
        },
        table,
        layout.rows.map(({ actionClass }) => actionClass.id),
      );
      ({ span } = moves[0]!);
    } else moves = segments.map((segment) => ({ segment, span, classId: ownClassId }));
    const previews =
      moves.length === 0
        ? [{ classId: ownClassId, span, segmentId: null }]
        : moves.map((move) => ({ classId: move.classId, span: move.span, segmentId: move.segment.id }));
    holdSpans(moves.map((move) => [move.segment.id, move.span]));
    useTimeline.setState({ previews, guideUs: guideOf(drag, span, grid, scale) });
    const { startFrame, endFrame } = table.frameRange(span);
    const towardsEnd = drag.kind === 'end' || (drag.kind === 'create' && pointerUs >= drag.grabUs);
    shuttle.goToFrame(towardsEnd ? endFrame - 1 : startFrame);
  };
  const clear = (): void => {
    holdSpans([]);
    useTimeline.setState({ previews: [], guideUs: null });
  };
  return {
    cursor: drag.kind === 'move' ? 'grabbing' : 'ew-resize',
    scrollsOn: true,
    move: show,
    end: (point) => {
      show(point);
      commit(moves, span);
      clear();
    },
    cancel: () => {
      clear();
      shuttle.goToFrame(frameBefore);
    },
  };
}

const isPointClass = ({ rows }: RowsLayout, classId: number): boolean =>
  rows.find(({ actionClass }) => actionClass.id === classId)?.actionClass.kind === 'point';

const frameSpan = (table: FrameTable, us: number): Span => {
  const frame = table.frameAt(us);
  return table.spanOfFrames(frame, frame + 1);
};

/** So many rows below the one of a class the pointer is; 0 where it is on none. */
function rowsBetween(layout: RowsLayout, classId: number, y: number): number {
  const under = rowAt(layout, y);
  const own = layout.rows.findIndex(({ actionClass }) => actionClass.id === classId);
  return under && own >= 0 ? layout.rows.indexOf(under) - own : 0;
}

/** The moved edge, where it stands on a magnet. */
function guideOf(drag: SegmentDrag, span: Span, grid: DragGrid, scale: TimeScale): number | null {
  const moved =
    drag.kind === 'start' ? [span.startUs] : drag.kind === 'end' ? [span.endUs] : [span.startUs, span.endUs];
  const onMagnet = (us: number): boolean => {
    const magnet = nearestMagnet(grid.magnets, us, magnetReachPx * scale.usPerPx);
    return magnet !== null && grid.table.snapUs(magnet) === us;
  };
  return moved.find(onMagnet) ?? null;
}
