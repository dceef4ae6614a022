import type { Span } from '#preload/domain/span.ts';
import { playhead, shuttle } from '../../playback/playback.ts';

/**
 * Called before an edit of `span`: where playback loops just that span, answers what makes it loop the new one, so that
 * a corrected boundary can be looked at with one key. Does nothing otherwise.
 */
export function loopFollows(span: Span): (changed: Span) => void {
  const { range } = shuttle.state.getState();
  const { table } = playhead.getState();
  if (range?.mode !== 'loop' || !table) return () => undefined;
  const { startFrame, endFrame } = table.frameRange(span);
  const looped = range.startFrame === startFrame && range.endFrame === endFrame;
  return (changed) => {
    if (looped) shuttle.keepTo(changed, range.label);
  };
}
