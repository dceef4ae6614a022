import type { Span } from '#preload/domain/span.ts';
import { shuttle } from '../../playback/playback.ts';

/**
 * Called before an edit of `span`: where playback loops just that span, answers what makes it loop the new one, so that
 * a corrected boundary can be looked at with one key. Does nothing otherwise.
 */
export function loopFollows(span: Span): (changed: Span) => void {
  if (!shuttle.loops(span)) return () => undefined;
  const label = shuttle.state.getState().range?.label;
  return (changed) => shuttle.keepTo(changed, label);
}
