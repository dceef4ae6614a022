import { carriedLesson } from '#main/pipeline/learn/carried-lesson.ts';
import { correctionsOf } from './corrected-videos.ts';
import { measureStudent } from './measure-localisation.ts';
import { studioMethod } from './measurements.ts';
import { stressShots } from './rendered-videos.ts';
import type { SeedTask } from './seed-task.ts';
import { studioKnowledge, studioStudent } from './student.ts';

export const withoutLessonMethod = 'studio, nothing brought along';
const counts = [0, 2, stressShots];

/** What a lesson of another project brings: the same names in like and in unlike footage, and names that it knows nothing of. */
export const measureCarried: SeedTask = async ({ films }, measurements) => {
  const { novel } = films;
  const { classIds, labels } = novel;
  const [test, shots] = [await films.films('novel'), await films.films('shots')];
  const half = classIds.length / 2;
  const others = [
    {
      footage: 'like footage',
      sets: ['singleShots', 'single'],
      taught: classIds,
      judged: classIds,
      names: 'these names',
    },
    {
      footage: 'unlike footage',
      sets: ['shiftedShots', 'shifted'],
      taught: classIds,
      judged: classIds,
      names: 'these names',
    },
    {
      footage: 'like footage',
      sets: ['singleShots', 'single'],
      taught: classIds.slice(0, half),
      judged: classIds.slice(half),
      names: 'other names',
    },
  ] as const;
  for (const { footage, sets, taught: known, judged, names } of others) {
    const [corrected, unlabelled] = [await films.films(sets[0]), await films.films(sets[1])];
    const there = correctionsOf(corrected, known, stressShots);
    const { taught } = studioKnowledge(novel, { corrected, unlabelled }, there);
    const lesson = carriedLesson(taught, taught.basis, labels);
    for (const count of counts) {
      const own = correctionsOf(shots, judged, count);
      for (const [method, carried] of [
        [studioMethod, lesson],
        [withoutLessonMethod, null],
      ] as const) {
        const student = studioStudent(novel, { corrected: shots, unlabelled: test }, own, carried);
        const about = { split: `with a lesson of another project: ${names}, ${footage}`, shots: count, method };
        measureStudent(student, test, novel, about, measurements, judged);
      }
    }
  }
};
