import type { ProjectEvidence } from '../learn/evidence.ts';
import type { Taught } from '../learn/learn-from-project.ts';
import { mixtureProbabilities } from '../learn/mixture.ts';
import { rowAt } from '../learn/rows.ts';
import type { Shot } from '../tune/training-shots.ts';
import type { Comparison } from './comparison.ts';
import { withoutShot, withoutVideos } from './hold-back.ts';
import { joinFolds, type HeldOut, type JudgedProject } from './judged-project.ts';
import { RankedSegments } from './ranked-segments.ts';

/** A correction that makes a class worse; of no class where it is a rejection. */
export interface Culprit {
  readonly shot: Shot;
  /** Average precision of the class without it, in [0, 1]. */
  readonly without: number;
}

/** Corrections that a class was tried without, one by one, and the one that is to blame; null where none is. */
export interface Inquiry {
  readonly tried: number;
  readonly culprit: Culprit | null;
}

/** A part of the videos, and what the others teach. */
export interface HeldBackLesson {
  readonly held: HeldOut;
  readonly taught: Taught;
}

export interface WorseClass {
  readonly classIndex: number;
  readonly comparison: Comparison;
}

/** Classes that are looked into, the worst first, and corrections that are tried for each, the most suspicious first. */
const mostClasses = 3;
const mostTried = 5;
/** A correction is to blame if the class gains this much without it. */
const enough = 0.01;

/** For classes that became worse, the correction without which they would be best (leave-one-correction-out). */
export async function culpritsOf(
  project: JudgedProject,
  evidence: ProjectEvidence,
  lessons: readonly HeldBackLesson[],
  worse: readonly WorseClass[],
  onProgress: (done: number) => Promise<void>,
): Promise<Map<number, Inquiry>> {
  const { names, classIds } = project.input;
  const found = new Map<number, Inquiry>();
  const lossOf = ({ comparison }: WorseClass): number => comparison.before - comparison.after;
  const worst = worse.toSorted((a, b) => lossOf(b) - lossOf(a)).slice(0, mostClasses);
  for (const [at, { classIndex, comparison }] of worst.entries()) {
    const tried = suspicious(project, evidence, lessons, classIndex).slice(0, mostTried);
    let culprit: Culprit | null = null;
    for (const [nth, { videoId, index, shot }] of tried.entries()) {
      const rest = withoutShot(evidence, videoId, index);
      const ranked = lessons.map(({ held, taught: known }) => {
        // It taught nothing where its own video was held back.
        const taught = held.includes(videoId) ? known : project.learnFrom(withoutVideos(rest, new Set(held)));
        return project.ranked(held, names, () => ({ taught }));
      });
      const videos = joinFolds(ranked);
      const weights = new Float64Array(videos.length).fill(1);
      const without = new RankedSegments(videos, classIds.length).averagePrecision(classIndex, weights) ?? 0;
      if (without > (culprit?.without ?? comparison.after + enough)) culprit = { shot, without };
      await onProgress((at + (nth + 1) / tried.length) / worst.length);
    }
    found.set(classIndex, { tried: tried.length, culprit });
  }
  return found;
}

/**
 * Corrections by how much they contradict what the other videos say of a class: marked as it and unlike it, or marked as
 * another, or rejected, and like it.
 */
function suspicious(
  { input }: JudgedProject,
  { classIds, backgroundCount, videos }: ProjectEvidence,
  lessons: readonly HeldBackLesson[],
  classIndex: number,
): { readonly videoId: number; readonly index: number; readonly shot: Shot; readonly suspicion: number }[] {
  const probabilities = new Float64Array(classIds.length + backgroundCount);
  const placeOf = ({ videoId, startUs, endUs }: Pick<Shot, 'videoId' | 'startUs' | 'endUs'>): string =>
    `${videoId} ${startUs} ${endUs}`;
  const rejected = new Set(input.corrections.filter(({ decision }) => decision === 'rejected').map(placeOf));
  return (
    videos
      .flatMap(({ videoId, shots, shotSpans }) => {
        const mixture = lessons.find(({ held }) => held.includes(videoId))?.taught.mixture ?? null;
        if (mixture === null) return [];
        return shots.map((shot, index) => {
          mixtureProbabilities(mixture, rowAt(shotSpans.texts, index), rowAt(shotSpans.codes, index), probabilities);
          const likely = probabilities[classIndex]!;
          return {
            videoId,
            index,
            shot,
            suspicion: shot.classIds.includes(classIds[classIndex]!) ? 1 - likely : likely,
          };
        });
      })
      // Other background is time that nobody marked: no correction.
      .filter(({ shot }) => shot.classIds.length > 0 || rejected.has(placeOf(shot)))
      .toSorted((a, b) => b.suspicion - a.suspicion || a.videoId - b.videoId || a.index - b.index)
  );
}
