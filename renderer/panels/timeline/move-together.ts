import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';

/** Where a segment goes. */
export interface SegmentMove {
  readonly segment: Segment;
  readonly span: Span;
  readonly classId: number;
}

/**
 * `segments` moved by whole frames and by rows, all by as much as none leaves the video or the rows, so that they keep
 * their places to each other and their numbers of frames. Not moved in time, their times stay the very same.
 * @param rowClassIds classes of the rows from top to bottom; a segment of none of them keeps its class. Pure.
 */
export function moveTogether(
  segments: readonly Segment[],
  by: { readonly frames: number; readonly rows: number },
  table: FrameTable,
  rowClassIds: readonly number[],
): SegmentMove[] {
  const ranges = segments.map((segment) => table.frameRange(segment));
  const frames = within(
    by.frames,
    ranges.map(({ startFrame }) => startFrame),
    ranges.map(({ endFrame }) => table.frameCount - endFrame),
  );
  const places = segments.map(({ classId }) => rowClassIds.indexOf(classId));
  const inRows = places.filter((place) => place >= 0);
  const rows = within(
    by.rows,
    inRows,
    inRows.map((place) => rowClassIds.length - 1 - place),
  );
  return segments.map((segment, index) => {
    const { startFrame, endFrame } = ranges[index]!;
    const place = places[index]!;
    return {
      segment,
      span:
        frames === 0
          ? { startUs: segment.startUs, endUs: segment.endUs }
          : table.spanOfFrames(startFrame + frames, endFrame + frames),
      classId: place < 0 ? segment.classId : rowClassIds[place + rows]!,
    };
  });
}

/** `by`, or as much of it as leaves nobody without room. */
const within = (by: number, roomBefore: readonly number[], roomAfter: readonly number[]): number =>
  Math.max(-Math.min(...roomBefore, Infinity), Math.min(by, ...roomAfter)) + 0;
