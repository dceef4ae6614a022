import { correctionsOf } from './corrected-videos.ts';
import { measureStudent } from './measure-localisation.ts';
import { studioMethod } from './measurements.ts';
import { stressShots } from './rendered-videos.ts';
import { zeroShotMethod, type SeedTask } from './seed-task.ts';
import { studioStudent, zeroShotStudent } from './student.ts';

export const novelAmongAllSplit = 'novel actions among all 48 names';
export const seenAmongAllSplit = 'seen actions among all 48 names';
export const newcomersSplit = 'novel names without shots, beside as many with';

/** All names in one list, and corrections of the novel ones alone. */
export const measureAmongAll: SeedTask = async ({ films }, measurements) => {
  const { novel, seen, all } = films;
  const [novelVideos, seenVideos] = [await films.films('novel'), await films.films('seen')];
  const shots = await films.films('shots');
  const videos = [...novelVideos, ...seenVideos];
  for (const count of [0, stressShots]) {
    const corrected = correctionsOf(shots, novel.classIds, count);
    const students = [
      [zeroShotMethod, zeroShotStudent(all)],
      [studioMethod, studioStudent(all, { corrected: shots, unlabelled: videos }, corrected)],
    ] as const;
    for (const [method, student] of students) {
      for (const [split, some, judged] of [
        [novelAmongAllSplit, novelVideos, novel.classIds],
        [seenAmongAllSplit, seenVideos, seen.classIds],
      ] as const)
        measureStudent(student, some, all, { split, shots: count, method }, measurements, judged);
    }
  }
};

/** Half of the novel names are corrected, all are in the list; the other half is judged. Both halves take turns. */
export const measureNewcomers: SeedTask = async ({ films }, measurements) => {
  const { novel } = films;
  const [test, shots] = [await films.films('novel'), await films.films('shots')];
  const half = novel.classIds.length / 2;
  for (const [part, taught] of [novel.classIds.slice(0, half), novel.classIds.slice(half)].entries()) {
    const judged = novel.classIds.filter((id) => !taught.includes(id));
    const corrected = correctionsOf(shots, taught, stressShots);
    const about = { split: `${newcomersSplit}, ${part === 0 ? 'second' : 'first'} half`, shots: stressShots };
    const zeroShot = zeroShotStudent(novel);
    measureStudent(zeroShot, test, novel, { ...about, method: zeroShotMethod }, measurements, judged);
    const studio = studioStudent(novel, { corrected: shots, unlabelled: test }, corrected);
    measureStudent(studio, test, novel, { ...about, method: studioMethod }, measurements, judged);
  }
};
