import type { Segment } from '#preload/domain/segment.ts';
import { useFrameTable } from './frame-tables.ts';
import { useClassesById } from './project-queries.ts';

/** Whether a segment of a class of points is longer than their one frame, as those from before it was made points are. */
export function useLongerThanPoint(segment: Segment | null): boolean {
  const isPoint = useClassesById().get(segment?.classId ?? 0)?.kind === 'point';
  const { data: table } = useFrameTable(isPoint && segment !== null ? segment.videoId : null);
  if (!isPoint || segment === null || table === undefined) return false;
  const { startFrame, endFrame } = table.frameRange(segment);
  return endFrame - startFrame > 1;
}
