import type { Segment } from '#preload/domain/segment.ts';
import { announce } from '../../shared/notices.ts';
import { useStudio, type StudioState } from '../../shared/studio-state.ts';
import { placeFrom, placeOf } from '../../backend/segment-order.ts';
import { playhead, shuttle } from '../../playback/playback.ts';
import { spokenSeconds } from '../../ui/timecode.ts';
import { shownSegment, shownSegments, useTimeline } from './timeline-view.ts';
import { percent } from '../../ui/quantities.ts';
import { t } from '../../language/language.ts';
import { segmentStateSaid } from '../../shared/segment-words.ts';

/** The selected segments that the timeline shows, in the order of selection. */
export function selectedShown({ selectedSegmentIds }: StudioState): Segment[] {
  if (selectedSegmentIds.length < manySelected) return selectedSegmentIds.flatMap((id) => shownSegment(id) ?? []);
  const ids = new Set(selectedSegmentIds);
  const shown = useTimeline.getState().layout.rows.flatMap((row) => row.segments.filter(({ id }) => ids.has(id)));
  const byId = new Map(shown.map((segment) => [segment.id, segment]));
  return selectedSegmentIds.flatMap((id) => byId.get(id) ?? []);
}

/** From so many on, one pass over all is quicker than a look for each. */
const manySelected = 8;

/** The one that edits act on: the first of the selection. */
export const primarySegment = (studio: StudioState): Segment | undefined => selectedShown(studio)[0];

/** `high jump, 12.3 s to 15 s, proposed, score 0.82`: what a screen reader says of a segment. */
export function segmentName(segment: Segment, className: string): string {
  const { startUs, endUs, state, score, source, locked } = segment;
  return [
    className,
    t('{{start}} to {{end}}', { start: spokenSeconds(startUs), end: spokenSeconds(endUs) }),
    segmentStateSaid[state],
    ...(score === null ? [] : [t('score {{score}}', { score: percent(score) })]),
    ...(source.kind === 'human' ? [t('drawn by hand')] : source.kind === 'import' ? [t('imported')] : []),
    ...(locked ? [t('locked')] : []),
  ].join(', ');
}

/**
 * Selects the shown segment `step` places after the selected one in order of start, or, with nothing selected, the
 * next one from the playhead, and brings its first frame on screen. `extend` keeps the rest of the selection.
 */
export function selectNeighbour(step: 1 | -1, extend = false): void {
  const studio = useStudio.getState();
  const { layout } = useTimeline.getState();
  const inOrder = shownSegments(layout);
  const current = studio.selectedSegmentIds[0];
  const here = current === undefined ? -1 : placeOf(inOrder, current);
  const { timeUs } = playhead.getState();
  const next =
    here >= 0
      ? inOrder[here + step]
      : step > 0
        ? inOrder[placeFrom(inOrder, timeUs)]
        : inOrder[placeFrom(inOrder, timeUs + 1) - 1];
  if (!next) {
    announce(step > 0 ? t('No segment further on.') : t('No segment before this.'));
    return;
  }
  const kept = extend ? studio.selectedSegmentIds.filter((id) => id !== next.id) : [];
  studio.selectSegments([next.id, ...kept]);
  studio.focusClass(next.classId);
  shuttle.goToTime(next.startUs);
}

/** Brings the first (`start`) or last (`end`) frame of the selected segment on screen. */
export function showEdge(segment: Segment, edge: 'start' | 'end'): void {
  const { table } = useTimeline.getState();
  if (!table) return;
  const { startFrame, endFrame } = table.frameRange(segment);
  shuttle.goToFrame(edge === 'start' ? startFrame : endFrame - 1);
}
