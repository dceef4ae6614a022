import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { announce } from '../../shared/notices.ts';
import { shuttle } from '../../playback/playback.ts';
import { spokenSeconds } from '../../ui/timecode.ts';
import { loopFollows } from './loop-follows-edit.ts';
import { changeSpan } from './segment-edits.ts';
import type { SpanPreview } from './timeline-scene.ts';
import { useTimeline } from './timeline-view.ts';

/** A nudge that came from a menu has no key to let go of: it is sent after this long. */
const idleMs = 900;

interface HeldEdit {
  readonly segment: Segment;
  span: Span;
  readonly finish: () => void;
  timer: ReturnType<typeof setTimeout>;
}

let held: HeldEdit | null = null;

const showPreview = (preview: SpanPreview | null, segmentId: number): void =>
  useTimeline.setState(({ previews }) => ({
    previews: [...previews.filter((each) => each.segmentId !== segmentId), ...(preview ? [preview] : [])],
  }));

/**
 * Changes a segment's span step by step while a key repeats, and sends it as one edit when the key is let go: one
 * thing to undo, however long it was held.
 */
export function adjustWhileHeld(
  segment: Segment,
  change: (table: FrameTable, span: Span) => Span,
  show: 'start' | 'end',
  keyCode: string | null,
): void {
  const { table } = useTimeline.getState();
  if (!table) return;
  if (held?.segment.id !== segment.id) {
    held?.finish();
    held = begin(segment, keyCode);
  }
  held.span = change(table, held.span);
  shuttle.pause();
  clearTimeout(held.timer);
  held.timer = setTimeout(held.finish, idleMs);
  showPreview({ classId: segment.classId, span: held.span, segmentId: segment.id }, segment.id);
  const { startFrame, endFrame } = table.frameRange(held.span);
  shuttle.goToFrame(show === 'start' ? startFrame : endFrame - 1);
}

function begin(segment: Segment, keyCode: string | null): HeldEdit {
  const listening = new AbortController();
  const follow = loopFollows(segment);
  const edit: HeldEdit = {
    segment,
    span: { startUs: segment.startUs, endUs: segment.endUs },
    timer: setTimeout(() => edit.finish(), idleMs),
    finish: () => {
      clearTimeout(edit.timer);
      listening.abort();
      if (held === edit) held = null;
      void changeSpan(segment, edit.span);
      announce(`${spokenSeconds(edit.span.startUs)} to ${spokenSeconds(edit.span.endUs)}`);
      follow(edit.span);
      showPreview(null, segment.id);
    },
  };
  const options = { signal: listening.signal };
  globalThis.addEventListener('keyup', ({ code }) => code === keyCode && edit.finish(), options);
  globalThis.addEventListener('blur', () => edit.finish(), options);
  return edit;
}
