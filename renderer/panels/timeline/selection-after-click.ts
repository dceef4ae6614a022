import { useStudio } from '../../shared/studio-state.ts';
import { shownSegments, useTimeline } from './timeline-view.ts';

/** Plain: that one. Ctrl or Command: in or out of the selection. Shift: everything of its class up to there. */
export function selectionAfterClick(
  id: number,
  event: Pick<PointerEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>,
): readonly number[] {
  const { selectedSegmentIds } = useStudio.getState();
  if (event.ctrlKey || event.metaKey) {
    return selectedSegmentIds.includes(id)
      ? selectedSegmentIds.filter((each) => each !== id)
      : [...selectedSegmentIds, id];
  }
  const anchor = selectedSegmentIds[0];
  if (!event.shiftKey || anchor === undefined || anchor === id) return [id];
  const all = shownSegments(useTimeline.getState().layout);
  const [from, to] = [all.find((each) => each.id === anchor), all.find((each) => each.id === id)];
  if (!from || !to) return [id];
  const classIds = new Set([from.classId, to.classId]);
  const [first, last] = from.startUs <= to.startUs ? [from, to] : [to, from];
  const between = all.slice(all.indexOf(first), all.indexOf(last) + 1).filter((each) => classIds.has(each.classId));
  return [anchor, ...between.map((each) => each.id).filter((each) => each !== anchor)];
}
