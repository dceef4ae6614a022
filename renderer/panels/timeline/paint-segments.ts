import type { ActionClass } from '#preload/domain/action-class.ts';
import { exclusiveGroups } from '#preload/domain/class-groups.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import { announce } from '../../shared/notices.ts';
import { useStudio, type StudioState } from '../../shared/studio-state.ts';
import { knownClasses } from '../../backend/project-queries.ts';
import { playhead, shuttle } from '../../playback/playback.ts';
import { spokenSeconds } from '../../ui/timecode.ts';
import { createSegment } from './segment-edits.ts';
import { usePreferences } from './timeline-preferences.ts';
import { useTimeline } from './timeline-view.ts';
import { t } from '../../language/language.ts';

/** A press shorter than this is a slip of the finger, not a segment. */
const shortestPaintedFrames = 3;

interface Painting {
  /** Makes the segment, where it is at least so many frames long. */
  finish(atLeastFrames: number): void;
  drop(): void;
}

/** By class: of one class there is one at a time, of several there may be several. */
const underWay = new Map<number, Painting>();

export const painting = (): boolean => underWay.size > 0;

/** Gives up everything that is being painted. */
export function dropPainted(): void {
  for (const each of underWay.values()) each.drop();
  announce(t('Given up'));
}

/** The frame that the hand means by now: the one on screen, earlier by the person's reaction time at this speed. */
function frameSeen(table: FrameTable): number {
  const lateUs = usePreferences.getState().reactionMs * 1000 * shuttle.state.getState().rate;
  return table.frameAt(playhead.getState().timeUs - lateUs);
}

/** Paints from the frame on screen now to the one on screen when it is finished, in whichever order the two stand. */
function begin(videoId: number, classId: number): Painting | null {
  const { table } = playhead.getState();
  if (!table) return null;
  endOthersOfGroup(classId);
  const first = frameSeen(table);
  let last = first;
  const span = () => table.spanOfFrames(Math.min(first, last), Math.max(first, last) + 1);
  const preview = (shown: boolean): void =>
    useTimeline.setState(({ previews }) => ({
      previews: [
        ...previews.filter((each) => each.segmentId !== null || each.classId !== classId),
        ...(shown ? [{ classId, span: span(), segmentId: null }] : []),
      ],
    }));
  const stopFollowing = playhead.subscribe((now) => {
    // Another video is shown: what was painted of this one stands.
    if (now.table !== table) {
      mine.finish(shortestPaintedFrames);
      return;
    }
    last = frameSeen(table);
    preview(true);
  });
  const end = (): void => {
    stopFollowing();
    underWay.delete(classId);
    preview(false);
  };
  const mine: Painting = {
    drop: end,
    finish: (atLeastFrames) => {
      end();
      if (Math.abs(last - first) + 1 >= atLeastFrames) void createSegment(videoId, classId, span(), false);
    },
  };
  underWay.set(classId, mine);
  preview(true);
  return mine;
}

/**
 * Whether a class's key now means to paint: nothing is selected and it plays; events of one frame are marked at a
 * standstill too.
 */
export const isPaintingTime = (
  { selectedVideoId, selectedSegmentIds }: StudioState,
  actionClass: ActionClass | undefined,
): boolean =>
  actionClass !== undefined &&
  (shuttle.playing || actionClass.kind === 'point') &&
  playhead.getState().table !== null &&
  selectedVideoId !== null &&
  selectedSegmentIds.length === 0;

/** Marks an event of one frame: the one on screen. */
function markPoint(videoId: number, { id, name }: ActionClass): void {
  const { table } = playhead.getState();
  if (!table) return;
  const frame = shuttle.playing ? frameSeen(table) : playhead.getState().frame;
  useStudio.getState().focusClass(id);
  void createSegment(videoId, id, table.spanOfFrames(frame, frame + 1), false);
  announce(t('{{name}} at {{time}}', { name, time: spokenSeconds(table.startUs(frame)) }));
}

/** In a group of classes that cannot overlap the next one ends the last. */
function endOthersOfGroup(classId: number): void {
  const groups = exclusiveGroups(knownClasses());
  const group = groups.get(classId);
  if (group === undefined) return;
  for (const [other, painted] of underWay)
    if (other !== classId && groups.get(other) === group) painted.finish(shortestPaintedFrames);
}

/** Paints a segment of a class until the key that asked for it is let go, whatever other keys do in the meantime. */
export function paintWhileHeld(videoId: number, actionClass: ActionClass, keyCode: string | null): void {
  const { id, kind } = actionClass;
  if (kind === 'point') {
    markPoint(videoId, actionClass);
    return;
  }
  const mine = underWay.has(id) ? null : begin(videoId, id);
  if (!mine) return;
  const listening = new AbortController();
  const letGo = (): void => {
    listening.abort();
    if (underWay.get(id) === mine) mine.finish(shortestPaintedFrames);
  };
  const options = { signal: listening.signal, capture: true };
  globalThis.addEventListener('keyup', ({ code }) => code === keyCode && letGo(), options);
  globalThis.addEventListener('blur', letGo, options);
}

/** Begins a segment of a class, or ends the one that was begun: for actions that last longer than a finger. */
export function togglePainting(videoId: number, actionClass: ActionClass): void {
  const { id, name, kind } = actionClass;
  if (kind === 'point') {
    markPoint(videoId, actionClass);
    return;
  }
  const begun = underWay.get(id);
  if (begun) begun.finish(1);
  else if (!begin(videoId, id)) return;
  const time = spokenSeconds(playhead.getState().timeUs);
  announce(begun ? t('{{name}} ends at {{time}}', { name, time }) : t('{{name}} begins at {{time}}', { name, time }));
}
