import type { Correction, ReviewedVideo } from '#main/pipeline/tune/training-shots.ts';
import type { FilmedVideo } from './filmed-video.ts';

/** What an annotator has done with some videos. */
export interface Corrected {
  readonly corrections: readonly Correction[];
  readonly reviewed: readonly ReviewedVideo[];
}

/**
 * The first `shots` occurrences of each class accepted, in the order of the videos. A video counts as reviewed completely
 * once all that happens in it is accepted.
 */
export function correctionsOf(
  videos: readonly Pick<FilmedVideo, 'videoId' | 'actions' | 'table'>[],
  classIds: readonly number[],
  shots: number,
): Corrected {
  const left = new Map(classIds.map((id) => [id, shots]));
  const corrections: Correction[] = [];
  const reviewed: ReviewedVideo[] = [];
  for (const { videoId, actions, table } of videos) {
    let accepted = 0;
    for (const action of actions) {
      const remaining = left.get(action.classId) ?? 0;
      if (remaining === 0) continue;
      left.set(action.classId, remaining - 1);
      corrections.push({ ...action, videoId, decision: 'accepted' });
      accepted += 1;
    }
    if (accepted === actions.length) reviewed.push({ videoId, span: { startUs: 0, endUs: table.lastEndUs } });
  }
  return { corrections, reviewed };
}
