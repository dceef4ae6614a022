import { seededRandom } from '#main/random/seeded-random.ts';
import { measureStudent } from './measure-localisation.ts';
import { studioMethod } from './measurements.ts';
import { ReviewedQueue, type ReviewOrder } from './reviewed-queue.ts';
import { zeroShotMethod, type SeedTask } from './seed-task.ts';
import { studioStudent, zeroShotStudent } from './student.ts';

export const queueSplit = 'novel actions, so many decisions from the top of the review queue';
const checkpoints = [3, 6, 12, 24, 48];
/** Scores follow after so many decisions, as they do when the hand rests. */
const burst = 3;

/** Decisions on the studio's proposals in other films, in the orders that the queue has and by chance. */
export const measureQueue: SeedTask = async ({ films, seed }, measurements) => {
  const { novel } = films;
  const [test, pool] = [await films.films('novel'), await films.films('shots')];
  const orders: readonly (readonly [string, ReviewOrder])[] = [
    [studioMethod, 'teaches-most'],
    ['the most uncertain first', 'uncertain'],
    ['the most confident first', 'confident'],
    ['by chance', seededRandom(seed)],
  ];
  for (const shots of checkpoints)
    measureStudent(
      zeroShotStudent(novel),
      test,
      novel,
      { split: queueSplit, shots, method: zeroShotMethod },
      measurements,
    );
  for (const [method, order] of orders) {
    using queue = new ReviewedQueue(pool, novel);
    const student = () => studioStudent(novel, { corrected: pool, unlabelled: test }, queue.corrected);
    for (let decided = 0; decided < checkpoints.at(-1)!; decided += burst) {
      queue.propose(student());
      for (let one = 0; one < burst; one += 1) queue.decide(order);
      const shots = decided + burst;
      if (checkpoints.includes(shots))
        measureStudent(student(), test, novel, { split: queueSplit, shots, method }, measurements);
    }
  }
};
