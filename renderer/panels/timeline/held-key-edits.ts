import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Segment } from '#preload/domain/segment.ts';
import type { Span } from '#preload/domain/span.ts';
import { t } from '../../language/language.ts';
import { holdSpans } from '../../shared/spans-under-way.ts';
import { announce } from '../../shared/notices.ts';
import { shuttle } from '../../playback/playback.ts';
import { spokenSeconds } from '../../ui/timecode.ts';
import { loopFollows } from './loop-follows-edit.ts';
import type { SegmentMove } from './move-together.ts';
import { placeSegments, refusesLocked } from './segment-edits.ts';
import type { SpanPreview } from './timeline-scene.ts';
import { useTimeline } from './timeline-view.ts';

/** A nudge that came from a menu has no key to let go of: it is sent after this long. */
const idleMs = 900;

const spanOf = ({ startUs, endUs }: Span): Span => ({ startUs, endUs });

interface HeldEdit {
  readonly segments: readonly Segment[];
  moves: readonly SegmentMove[];
  readonly finish: () => void;
  timer: ReturnType<typeof setTimeout>;
}

let held: HeldEdit | null = null;

function showPreviews(segments: readonly Segment[], shown: readonly SegmentMove[]): void {
  const ids = new Set<number | null>(segments.map(({ id }) => id));
  const coming: SpanPreview[] = shown.map(({ segment, span, classId }) => ({ classId, span, segmentId: segment.id }));
  holdSpans(shown.map(({ segment, span }) => [segment.id, span]));
  useTimeline.setState(({ previews }) => ({
    previews: [...previews.filter(({ segmentId }) => !ids.has(segmentId)), ...coming],
  }));
}

/**
 * Changes segments' spans step by step while a key repeats, and sends them as one edit when the key is let go: one thing
 * to undo, however long it was held. `change` answers where they go from where they are by now.
 */
export function adjustWhileHeld(
  segments: readonly Segment[],
  change: (table: FrameTable, now: readonly Segment[]) => readonly Span[],
  show: 'start' | 'end',
  keyCode: string | null,
): void {
  const { table } = useTimeline.getState();
  if (!table || refusesLocked(segments)) return;
  if (!held || !sameSegments(held.segments, segments)) {
    held?.finish();
    held = begin(segments, keyCode);
  }
  const spans = change(
    table,
    held.moves.map(({ segment, span }) => ({ ...segment, ...span })),
  );
  held.moves = held.moves.map((move, index) => ({ ...move, span: spans[index]! }));
  shuttle.pause();
  clearTimeout(held.timer);
  held.timer = setTimeout(held.finish, idleMs);
  showPreviews(segments, held.moves);
  const { startFrame, endFrame } = table.frameRange(held.moves[0]!.span);
  shuttle.goToFrame(show === 'start' ? startFrame : endFrame - 1);
}

const sameSegments = (a: readonly Segment[], b: readonly Segment[]): boolean =>
  a.length === b.length && a.every(({ id }, index) => id === b[index]!.id);

function begin(segments: readonly Segment[], keyCode: string | null): HeldEdit {
  const listening = new AbortController();
  const follow = loopFollows(segments[0]!);
  const edit: HeldEdit = {
    segments,
    moves: segments.map((segment) => ({ segment, span: spanOf(segment), classId: segment.classId })),
    timer: setTimeout(() => edit.finish(), idleMs),
    finish: () => {
      clearTimeout(edit.timer);
      listening.abort();
      if (held === edit) held = null;
      void placeSegments(edit.moves);
      const { span } = edit.moves[0]!;
      announce(t('{{time}} to {{time2}}', { time: spokenSeconds(span.startUs), time2: spokenSeconds(span.endUs) }));
      follow(span);
      showPreviews(segments, []);
    },
  };
  const options = { signal: listening.signal };
  globalThis.addEventListener('keyup', ({ code }) => code === keyCode && edit.finish(), options);
  globalThis.addEventListener('blur', () => edit.finish(), options);
  return edit;
}
