import type { FrameTable } from '#preload/domain/frame-table.ts';
import { durationUs, type Span } from '#preload/domain/span.ts';
import { nearestMagnet, snapEdge, type Magnets } from './snap-edges.ts';

/** What is being dragged: an edge or the body of a segment, or the span of one that does not exist yet. */
export interface SegmentDrag {
  readonly kind: 'start' | 'end' | 'move' | 'create';
  /** The span when the drag began; for `create` empty, at the pointer. */
  readonly original: Span;
  /** Time under the pointer when the drag began. */
  readonly grabUs: number;
}

export interface DragGrid {
  readonly table: FrameTable;
  /** Empty where snapping is turned off; frames always hold. */
  readonly magnets: Magnets;
  /** How near a magnet draws, in microseconds at the present zoom. */
  readonly reachUs: number;
}

/** The span that dragging to `pointerUs` makes: on frame boundaries, inside the video, at least one frame long. */
export function dragTo(drag: SegmentDrag, pointerUs: number, grid: DragGrid): Span {
  const { table } = grid;
  const { original } = drag;
  const movedUs = pointerUs - drag.grabUs;
  switch (drag.kind) {
    case 'start': {
      const lastStart = table.startUs(table.frameRange(original).endFrame - 1);
      return {
        startUs: Math.min(snapEdge(table, original.startUs + movedUs, grid.magnets, grid.reachUs), lastStart),
        endUs: original.endUs,
      };
    }
    case 'end': {
      const firstEnd = table.endUs(table.frameAt(original.startUs));
      return {
        startUs: original.startUs,
        endUs: Math.max(snapEdge(table, original.endUs + movedUs, grid.magnets, grid.reachUs), firstEnd),
      };
    }
    case 'move':
      return moveTo(original, original.startUs + movedUs, grid);
    case 'create': {
      const [a, b] = [drag.grabUs, pointerUs].map((us) => snapEdge(table, us, grid.magnets, grid.reachUs)) as [
        number,
        number,
      ];
      return table.snapSpan({ startUs: Math.min(a, b), endUs: Math.max(a, b) });
    }
  }
}

/** `span` of the same length starting near `startUs`, pushed back inside the video at its ends. */
function moveTo(span: Span, startUs: number, { table, magnets, reachUs }: DragGrid): Span {
  const length = durationUs(span);
  const endUs = startUs + length;
  // Whichever edge finds a magnet nearer draws the whole segment along.
  const byStart = nearestMagnet(magnets, startUs, reachUs);
  const byEnd = nearestMagnet(magnets, endUs, reachUs);
  const startPull = byStart === null ? Infinity : Math.abs(byStart - startUs);
  const endPull = byEnd === null ? Infinity : Math.abs(byEnd - endUs);
  const wanted = startPull <= endPull ? (byStart ?? startUs) : byEnd! - length;
  const start = Math.min(Math.max(wanted, table.firstStartUs), Math.max(table.firstStartUs, table.lastEndUs - length));
  return table.snapSpan({ startUs: start, endUs: start + length });
}

/** One edge moved by whole frames, never past the other: what the nudge keys do. */
export function nudgeEdge(table: FrameTable, span: Span, edge: 'start' | 'end', frames: number): Span {
  const { startFrame, endFrame } = table.frameRange(span);
  if (edge === 'start') {
    return table.spanOfFrames(Math.min(Math.max(startFrame + frames, 0), endFrame - 1), endFrame);
  }
  return table.spanOfFrames(startFrame, Math.max(Math.min(endFrame + frames, table.frameCount), startFrame + 1));
}

/** `span` stretched, or cut, so that the named edge meets the frame on screen; that frame is inside it. */
export function edgeToFrame(table: FrameTable, span: Span, edge: 'start' | 'end', frame: number): Span {
  const { startFrame, endFrame } = table.frameRange(span);
  return edge === 'start'
    ? table.spanOfFrames(Math.min(frame, endFrame - 1), endFrame)
    : table.spanOfFrames(startFrame, Math.max(frame + 1, startFrame + 1));
}
