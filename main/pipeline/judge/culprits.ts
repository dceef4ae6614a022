import type { ProjectEvidence } from '../learn/evidence.ts';
import type { Shot } from '../tune/training-shots.ts';
import type { Comparison } from './comparison.ts';
import { withoutShot, withoutVideos } from './hold-back.ts';
import { joinFolds, type JudgedProject } from './judged-project.ts';
import { RankedSegments } from './ranked-segments.ts';

/** A correction that makes a class worse. */
export interface Culprit {
  readonly shot: Shot;
  /** Average precision of the class without it, in [0, 1]. */
  readonly without: number;
}

/** Corrections that are tried for one class: its own, then those of other classes. */
const mostTried = 8;
/** It is to blame if the class gains this much without it. */
const enough = 0.01;

/** For classes that became worse, the correction without which they would be best (leave-one-correction-out). */
export function culpritsOf(
  project: JudgedProject,
  evidence: ProjectEvidence,
  worse: readonly { readonly classIndex: number; readonly comparison: Comparison }[],
  onProgress: (done: number) => void,
): Map<number, Culprit> {
  const { names, classIds } = project.input;
  const folds = project.videoFolds();
  const found = new Map<number, Culprit>();
  for (const [at, { classIndex, comparison }] of worse.entries()) {
    const classId = classIds[classIndex]!;
    const tried = evidence.videos
      .flatMap(({ videoId, shots }) => shots.map((shot, index) => ({ videoId, index, shot })))
      .filter(({ shot }) => shot.classIds.length > 0)
      .toSorted((a, b) => Number(b.shot.classIds.includes(classId)) - Number(a.shot.classIds.includes(classId)))
      .slice(0, mostTried);
    for (const [nth, { videoId, index, shot }] of tried.entries()) {
      const rest = withoutShot(evidence, videoId, index);
      const ranked = folds.map((held) => {
        const taught = project.learnFrom(withoutVideos(rest, new Set(held)));
        return project.ranked(held, names, () => ({ taught }));
      });
      const videos = joinFolds(ranked);
      const weights = new Float64Array(videos.length).fill(1);
      const without = new RankedSegments(videos, classIds.length).averagePrecision(classIndex, weights) ?? 0;
      const best = found.get(classIndex)?.without ?? comparison.after + enough;
      if (without > best) found.set(classIndex, { shot, without });
      onProgress((at + (nth + 1) / tried.length) / worse.length);
    }
  }
  return found;
}
