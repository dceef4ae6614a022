import { Failure } from '#preload/domain/failure.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { Span } from '#preload/domain/span.ts';

/** `span` on frame boundaries, inside the video, with at least one frame. Fails with `bad-input` where it ends before it starts. */
export function snapToFrames(span: Span, frames: FrameTable): Span {
  if (span.endUs <= span.startUs) {
    throw new Failure(
      'bad-input',
      `A segment must end after it starts: ${secondsOf(span.startUs)} s to ${secondsOf(span.endUs)} s does not.`,
      { startUs: span.startUs, endUs: span.endUs },
    );
  }
  return frames.snapSpan(span);
}
