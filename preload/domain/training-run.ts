import { z } from 'zod';

/** One of the trainings that a tuning is made of: what it learns, and what of the corrections it does not see. */
export const trainingRun = z.object({
  learns: z.enum(['prompts', 'boundaries', 'scorer']),
  /** Held back, for what it learned to be examined on; null: it was trained on everything. */
  without: z.enum(['videos', 'classes']).nullable(),
  /** From 1: which of the `count` like it. */
  number: z.int().positive(),
  count: z.int().positive(),
});
export type TrainingRun = z.infer<typeof trainingRun>;

const onEverything: Record<TrainingRun['learns'], (run: TrainingRun) => string> = {
  prompts: ({ number, count }) => `run ${number} of ${count}`,
  boundaries: () => 'edges',
  scorer: () => 'the run on all corrections',
};

/** "run 1 of 3", "held-out 2 of 5", "edges, held-out 1 of 5": for people, and another for each run of one tuning. */
export function runWords(run: TrainingRun): string {
  if (run.without === null) return onEverything[run.learns](run);
  const which = `${run.without === 'videos' ? 'held-out' : 'other names'} ${run.number} of ${run.count}`;
  return run.learns === 'boundaries' ? `edges, ${which}` : which;
}

/** Whether two points belong to one training. */
export const isSameRun = (a: TrainingRun, b: TrainingRun): boolean => runWords(a) === runWords(b);
