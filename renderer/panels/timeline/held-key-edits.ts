import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { announce } from '../../shared/notices.ts';
import { playhead, shuttle } from '../../playback/playback.ts';
import { spokenSeconds } from '../../ui/timecode.ts';
import { loopFollows } from './loop-follows-edit.ts';
import { changeSpan, createSegment } from './segment-edits.ts';
import type { SpanPreview } from './timeline-scene.ts';
import { usePreferences } from './timeline-preferences.ts';
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

const showPreview = (preview: SpanPreview | null, segmentId: number | null): void =>
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
): void {
  const { table } = useTimeline.getState();
  if (!table) return;
  if (held?.segment.id !== segment.id) {
    held?.finish();
    held = begin(segment);
  }
  held.span = change(table, held.span);
  shuttle.pause();
  clearTimeout(held.timer);
  held.timer = setTimeout(held.finish, idleMs);
  showPreview({ classId: segment.classId, span: held.span, segmentId: segment.id }, segment.id);
  const { startFrame, endFrame } = table.frameRange(held.span);
  shuttle.goToFrame(show === 'start' ? startFrame : endFrame - 1);
}

function begin(segment: Segment): HeldEdit {
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
  globalThis.addEventListener('keyup', (event) => event.key.startsWith('Arrow') && edit.finish(), options);
  globalThis.addEventListener('blur', () => edit.finish(), options);
  return edit;
}

/** The frame that the hand means by now: the one on screen, earlier by the person's reaction time at this speed. */
function frameSeen(table: FrameTable): number {
  const lateUs = usePreferences.getState().reactionMs * 1000 * shuttle.state.getState().rate;
  return table.frameAt(playhead.getState().timeUs - lateUs);
}

/**
 * Paints a segment of a class while a key is held and the video plays: from the frame on screen now to the one on
 * screen when the key is let go. Escape gives it up.
 */
export function paintWhileHeld(videoId: number, classId: number): void {
  const { table } = playhead.getState();
  if (!table) return;
  const frame = frameSeen(table);
  const listening = new AbortController();
  const painted = (): Span => {
    const now = frameSeen(table);
    return table.spanOfFrames(Math.min(frame, now), Math.max(frame, now) + 1);
  };
  const show = (): void => showPreview({ classId, span: painted(), segmentId: null }, null);
  const stopFollowing = playhead.subscribe(show);
  const end = (keep: boolean): void => {
    listening.abort();
    stopFollowing();
    const span = painted();
    showPreview(null, null);
    // A tap is a slip of the finger, not a segment.
    if (
      keep &&
      playhead.getState().table === table &&
      span.endUs - span.startUs >= 3 * (table.endUs(frame) - table.startUs(frame))
    ) {
      void createSegment(videoId, classId, span, false);
    }
  };
  show();
  const options = { signal: listening.signal, capture: true };
  globalThis.addEventListener('keyup', (event) => /^\d$/.test(event.key) && end(true), options);
  globalThis.addEventListener('blur', () => end(true), options);
  globalThis.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      end(false);
    },
    options,
  );
}
