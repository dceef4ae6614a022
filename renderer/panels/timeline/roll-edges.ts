import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import type { SegmentMove } from './move-together.ts';

/** What touches a segment without a gap: those that end where it starts, and those that start where it ends. */
export interface Neighbours {
  readonly before: readonly Segment[];
  readonly after: readonly Segment[];
}

/** The neighbours of a segment at the edges that a hand takes: in its own row, or, where none is there, in any. Pure. */
export function neighboursOf(
  segment: Segment,
  edges: 'start' | 'end' | 'both',
  others: readonly Segment[],
): Neighbours {
  const touching = (isTouching: (other: Segment) => boolean): readonly Segment[] => {
    const found = others.filter((other) => other.id !== segment.id && other.id > 0 && isTouching(other));
    const own = found.filter(({ classId }) => classId === segment.classId);
    return own.length > 0 ? own : found;
  };
  return {
    before: edges === 'end' ? [] : touching(({ endUs }) => endUs === segment.startUs),
    after: edges === 'start' ? [] : touching(({ startUs }) => startUs === segment.endUs),
  };
}

/**
 * `segment` brought to `wanted` with the edges that it shares, so that no gap opens and nothing overlaps: one edge rolls,
 * both slide the segment between its neighbours. Never further than leaves each a frame. The first move is its own. Pure.
 */
export function rollEdges(
  segment: Segment,
  { before, after }: Neighbours,
  wanted: Span,
  table: FrameTable,
): SegmentMove[] {
  const own = table.frameRange(segment);
  const wish = table.frameRange(wanted);
  const roomOf = (others: readonly Segment[]): number =>
    Math.min(
      Infinity,
      ...others.map((other) => {
        const { startFrame, endFrame } = table.frameRange(other);
        return endFrame - startFrame - 1;
      }),
    );
  const step = (frames: number): number => Math.max(-roomOf(before), Math.min(frames, roomOf(after)));
  const slides = wanted.startUs !== segment.startUs && wanted.endUs !== segment.endUs;
  const byStart = slides
    ? step(wish.startFrame - own.startFrame)
    : Math.max(-roomOf(before), wish.startFrame - own.startFrame);
  const byEnd = slides ? byStart : Math.min(wish.endFrame - own.endFrame, roomOf(after));
  const moved = table.spanOfFrames(own.startFrame + byStart, own.endFrame + byEnd);
  const span = {
    startUs: byStart === 0 ? segment.startUs : moved.startUs,
    endUs: byEnd === 0 ? segment.endUs : moved.endUs,
  };
  const move = (each: Segment, to: Span): SegmentMove => ({ segment: each, span: to, classId: each.classId });
  return [
    move(segment, span),
    ...before.map((each) => move(each, { startUs: each.startUs, endUs: span.startUs })),
    ...after.map((each) => move(each, { startUs: span.endUs, endUs: each.endUs })),
  ];
}
