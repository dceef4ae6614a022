import type { ActionClass } from '#preload/domain/action-class.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { secondsOf } from '#preload/domain/span.ts';
import type { Span } from '#preload/domain/span.ts';

/**
 * `span` on frame boundaries, inside the video: at least one frame, and of a class of points the one frame in its middle.
 * Fails with `bad-input` where it ends before it starts.
 */
export function fitSpan(span: Span, frames: FrameTable, actionClass: Pick<ActionClass, 'kind'> | undefined): Span {
  if (span.endUs <= span.startUs) {
    throw new Failure(
      'bad-input',
      say('A segment must end after it starts: {{start}} s to {{end}} s does not.', {
        start: secondsOf(span.startUs),
        end: secondsOf(span.endUs),
      }),
      { startUs: span.startUs, endUs: span.endUs },
    );
  }
  const snapped = frames.snapSpan(span);
  return actionClass?.kind === 'point' ? middleFrame(snapped, frames) : snapped;
}

/** The span of the frame in the middle of one that lies on frame boundaries. */
export function middleFrame({ startUs, endUs }: Span, frames: FrameTable): Span {
  const frame = frames.frameAt(Math.floor((startUs + endUs) / 2));
  return { startUs: frames.startUs(frame), endUs: frames.endUs(frame) };
}
