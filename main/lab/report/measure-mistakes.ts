import { segmentsForReview } from '#main/pipeline/classify/localise.ts';
import type { Correction } from '#main/pipeline/tune/training-shots.ts';
import { temporalIoU } from '#preload/domain/span.ts';
import { correctionsOf, withNoisyEdges, withWrongLabels, type Corrected } from './corrected-videos.ts';
import { measureStudent } from './measure-localisation.ts';
import { studioMethod } from './measurements.ts';
import { stressShots } from './rendered-videos.ts';
import type { NamedClasses, SeenVideo } from './rendered-world.ts';
import { zeroShotMethod, type SeedTask } from './seed-task.ts';
import { studioStudent, zeroShotStudent, type Student } from './student.ts';

export const cleanMethod = 'studio, clean corrections';
export const mistakeSplits = ['edges off by up to 20 %', '5 % wrong labels', '10 % wrong labels'] as const;
export const rejectionSplit = 'with rejected segments';
const rejectingShots = 2;

/** Annotators who are not exact: what is lost against clean corrections, and whether anything falls below the names alone. */
export const measureMistakes: SeedTask = async ({ films, seed }, measurements) => {
  const { novel } = films;
  const [test, shots] = [await films.films('novel'), await films.films('shots')];
  const zeroShot = zeroShotStudent(novel);
  const learn = (corrected: Corrected) => studioStudent(novel, { corrected: shots, unlabelled: test }, corrected);
  const judge = (split: string, count: number, clean: Corrected, other: Corrected): void => {
    for (const [method, student] of [
      [zeroShotMethod, zeroShot],
      [cleanMethod, learn(clean)],
      [studioMethod, learn(other)],
    ] as const)
      measureStudent(student, test, novel, { split, shots: count, method }, measurements);
  };
  const clean = correctionsOf(shots, novel.classIds, stressShots);
  const [edges, few, more] = mistakeSplits;
  judge(edges, stressShots, clean, withNoisyEdges(clean, 0.2, seed));
  judge(few, stressShots, clean, withWrongLabels(clean, novel.classIds, 0.05, seed));
  judge(more, stressShots, clean, withWrongLabels(clean, novel.classIds, 0.1, seed));
  const start = correctionsOf(shots, novel.classIds, rejectingShots);
  judge(rejectionSplit, rejectingShots, start, withRejections(start, shots, novel, zeroShot));
};

/** What a person rejects of all that is shown to them in the corrected videos before anything is learned: what is nothing. */
function withRejections(
  { corrections, reviewed }: Corrected,
  videos: readonly SeenVideo[],
  { classIds }: NamedClasses,
  student: Student,
): Corrected {
  const touched = videos.filter(({ videoId }) => corrections.some((correction) => correction.videoId === videoId));
  const rejected = touched.flatMap((video) =>
    segmentsForReview(student.localise(video).segments)
      .filter((segment) => video.actions.every((action) => temporalIoU(segment, action) < 0.1))
      .map(({ startUs, endUs, classIndex }): Correction => ({
        videoId: video.videoId,
        startUs,
        endUs,
        classId: classIds[classIndex]!,
        decision: 'rejected',
      })),
  );
  return { corrections: [...corrections, ...rejected], reviewed };
}
