import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';
import { say, type Saying } from '#preload/domain/saying.ts';

/** A stretch of a video in frames, `[startFrame, endFrame)`: what a clip is sampled from. */
export interface FrameRange {
  readonly startFrame: number;
  readonly endFrame: number;
}

/** The whole video. */
export const wholeVideo = (table: FrameTable): FrameRange => ({ startFrame: 0, endFrame: table.frameCount });

/** The frames on screen during a span once its ends are on frame boundaries; at least one. */
export const framesOfSpan = (table: FrameTable, span: Span): FrameRange => table.frameRange(table.snapSpan(span));

/**
 * The T frames of a clip: frame `⌊i·N/T + N/(2T)⌋` of the N there are, the middles of T equal parts (X-CLIP's test rule;
 * microsoft/VideoX, X-CLIP datasets/pipeline.py). Where there are fewer than T frames, some come several times.
 * @returns `[T]` frame indices, ascending.
 */
export function sampledClip({ startFrame, endFrame }: FrameRange, frameCount: number): Int32Array {
  const frames = endFrame - startFrame;
  if (!(frames > 0)) throw new RangeError('a clip is sampled from at least one frame');
  // In whole numbers: (2i + 1)·N / 2T, so that no rounding can move a frame.
  return Int32Array.from(
    { length: frameCount },
    (_, i) => startFrame + Math.floor(((2 * i + 1) * frames) / (2 * frameCount)),
  );
}

/** What to say of clips that have fewer frames than the model looks at; null where there are none. */
export function shortClipWarning(ranges: readonly FrameRange[], frameCount: number): Saying | null {
  const short = ranges.filter(({ startFrame, endFrame }) => endFrame - startFrame < frameCount).length;
  if (short === 0) return null;
  return say(
    '{{count}} stretches have fewer than the {{frameCount}} frames that the scorer looks at; frames were repeated.',
    {
      count: short,
      one: 'One stretch has fewer than the {{frameCount}} frames that the scorer looks at; frames were repeated.',
      frameCount,
    },
  );
}
