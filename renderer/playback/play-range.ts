import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';

/** A stretch that playback keeps to. */
export interface PlayRange {
  /** First frame, and one past the last. */
  readonly startFrame: number;
  readonly endFrame: number;
  /** `loop`: round and round until told otherwise; `once`: stop on the last frame. */
  readonly mode: 'loop' | 'once';
  /** What a person reads: "start ± 12 frames"; null for a segment. */
  readonly label: string | null;
}

/** The frames of `span`. */
export function rangeOfSpan(
  table: FrameTable,
  span: Span,
  mode: PlayRange['mode'],
  label: PlayRange['label'],
): PlayRange {
  return { ...table.frameRange(span), mode, label };
}

/** What a loop of a span plays besides it. */
export interface LoopMargins {
  readonly beforeUs: number;
  readonly afterUs: number;
}

/** The frames of `span` and of the margins around it, cut to the video, round and round. */
export const loopOfSpan = (
  table: FrameTable,
  { startUs, endUs }: Span,
  { beforeUs, afterUs }: LoopMargins,
  label: PlayRange['label'],
): PlayRange => rangeOfSpan(table, { startUs: startUs - beforeUs, endUs: endUs + afterUs }, 'loop', label);

/** `around` frames before and after the boundary at `us`, cut to the video. */
export function rangeAroundBoundary(table: FrameTable, us: number, around: number, label: string): PlayRange {
  const boundary = us >= table.lastEndUs ? table.frameCount : table.frameAt(us);
  const startFrame = Math.max(0, Math.min(boundary - around, table.frameCount - 1));
  return {
    startFrame,
    endFrame: Math.min(table.frameCount, Math.max(boundary + around, startFrame + 1)),
    mode: 'loop',
    label,
  };
}

/**
 * What to do when `frame` is on screen while playing in `direction` inside `range`: go on (null), jump to a frame and
 * go on, or stop on a frame.
 */
export function atFrameOfRange(
  range: PlayRange,
  frame: number,
  direction: 1 | -1,
): { readonly kind: 'jump' | 'stop'; readonly frame: number } | null {
  const first = range.startFrame;
  const last = range.endFrame - 1;
  const leaving = direction > 0 ? frame >= last : frame <= first;
  if (!leaving) return null;
  if (range.mode === 'once') return { kind: 'stop', frame: direction > 0 ? last : first };
  return { kind: 'jump', frame: direction > 0 ? first : last };
}

/** Where play should begin: `frame` itself if it lies inside with something left to play, else the range's near end. */
export function entryFrame(range: PlayRange, frame: number, direction: 1 | -1): number {
  const inside = frame >= range.startFrame && frame < range.endFrame;
  if (inside && atFrameOfRange(range, frame, direction) === null) return frame;
  return direction > 0 ? range.startFrame : range.endFrame - 1;
}
