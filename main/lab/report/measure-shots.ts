import { correctionsOf, firstCorrections } from './corrected-videos.ts';
import { measureStudent } from './measure-localisation.ts';
import { studioMethod } from './measurements.ts';
import { publishedStudent } from './published-preset.ts';
import { novelSplit } from './rendered-recognition.ts';
import { zeroShotMethod, type SeedTask } from './seed-task.ts';
import { studioStudent, zeroShotStudent } from './student.ts';

export const publishedMethod = 'efficient-prompt';
const promptsOnlyMethod = 'efficient-prompt, prompts only';
export const totalSplit = 'novel actions, so many corrections in all';
const totals = [3, 6, 12, 24, 48];

/** Novel actions after so many corrections of each class in other videos. */
export const measureShots: SeedTask = async ({ films, shotCounts }, measurements) => {
  const { novel } = films;
  const [test, shots] = [await films.films('novel'), await films.films('shots')];
  for (const count of shotCounts) {
    const corrected = correctionsOf(shots, novel.classIds, count);
    const about = { split: novelSplit, shots: count };
    const judge = (method: string, student: Parameters<typeof measureStudent>[0]): void =>
      measureStudent(student, test, novel, { ...about, method }, measurements);
    judge(zeroShotMethod, zeroShotStudent(novel));
    judge(studioMethod, studioStudent(novel, { corrected: shots, unlabelled: test }, corrected));
  }
};

/** The same films, corrections and proposals by the published preset. */
export const measurePublished: SeedTask = async ({ films, world, seed, shotCounts, published }, measurements) => {
  const { novel } = films;
  const [test, shots] = [await films.films('novel'), await films.films('shots')];
  for (const count of shotCounts.filter((one) => one > 0)) {
    const corrected = correctionsOf(shots, novel.classIds, count);
    for (const [method, preset] of [
      [publishedMethod, published],
      [promptsOnlyMethod, { ...published, temporal: null }],
    ] as const) {
      const student = await publishedStudent(world, novel, shots, test, corrected, preset, seed);
      measureStudent(student, test, novel, { split: novelSplit, shots: count, method }, measurements);
    }
  }
};

/** Novel actions after so many corrections in all, of whatever class comes first. */
export const measureTotals: SeedTask = async ({ films }, measurements) => {
  const { novel } = films;
  const [test, shots] = [await films.films('novel'), await films.films('shots')];
  for (const count of totals) {
    const about = { split: totalSplit, shots: count };
    const corrected = firstCorrections(shots, count);
    measureStudent(zeroShotStudent(novel), test, novel, { ...about, method: zeroShotMethod }, measurements);
    const studio = studioStudent(novel, { corrected: shots, unlabelled: test }, corrected);
    measureStudent(studio, test, novel, { ...about, method: studioMethod }, measurements);
  }
};
