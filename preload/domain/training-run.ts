import { z } from 'zod';
import { english, say, type Saying } from './saying.ts';

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

const onEverything: Record<TrainingRun['learns'], (run: TrainingRun) => Saying> = {
  prompts: ({ number, count: runs }) => say('run {{number}} of {{runs}}', { number, runs }),
  boundaries: () => say('edges'),
  scorer: () => say('the run on all corrections'),
};

/** "run 1 of 3", "held-out 2 of 5", "edges, held-out 1 of 5": for people, and another for each run of one tuning. */
export function runWords(run: TrainingRun): Saying {
  const { number, count: runs } = run;
  if (run.without === null) return onEverything[run.learns](run);
  const which =
    run.without === 'videos'
      ? say('held-out {{number}} of {{runs}}', { number, runs })
      : say('other names {{number}} of {{runs}}', { number, runs });
  return run.learns === 'boundaries' ? say('edges, {{which}}', { which }) : which;
}

/** The same as a name that tells runs of one tuning apart. */
export const runName = (run: TrainingRun): string => english(runWords(run));

/** Whether two points belong to one training. */
export const isSameRun = (a: TrainingRun, b: TrainingRun): boolean => runName(a) === runName(b);
