import { learningConstants } from '../propose/localisation-constants.ts';
import type { VideoEvidence } from './evidence.ts';
import { addPoint, type PointSums } from './discriminant.ts';
import { rowAt } from './rows.ts';

const { showsTIoU, proposals: proposalsWeight } = learningConstants.points;

/**
 * Adds to `sums` what a video says of how classes look: its corrected spans, each worth one point, and what it shows around them. A span
 * marked as several classes is shared by them; one of none is background.
 */
export function addLabelledPoints(sums: PointSums, video: VideoEvidence, classIds: readonly number[]): void {
  const background = classIds.length;
  for (const [row, { classIds: marked }] of video.shots.entries()) {
    const code = rowAt(video.shotSpans.codes, row);
    if (marked.length === 0) addPoint(sums, background, code, 1);
    for (const classId of marked) addPoint(sums, classIds.indexOf(classId), code, 1 / marked.length);
  }
  const { reviewed } = video;
  if (reviewed === null) return;
  const shown = new Map<number, { readonly row: number; readonly overlap: number }[]>();
  for (let row = 0; row < reviewed.overlaps.count; row += 1) {
    const overlaps = rowAt(reviewed.overlaps, row);
    const best = overlaps.reduce((a, b, group) => (b > overlaps[a]! ? group : a), 0);
    const overlap = overlaps[best] ?? 0;
    if (overlap < showsTIoU) continue;
    shown.set(best, [...(shown.get(best) ?? []), { row, overlap }]);
  }
  for (const [group, proposals] of shown) {
    const total = proposals.reduce((sum, { overlap }) => sum + overlap, 0);
    for (const { row, overlap } of proposals)
      addPoint(sums, group, rowAt(reviewed.codes, row), (proposalsWeight * overlap) / total);
  }
}
