import { z } from 'zod';
import { partJudgement, promptsJudgement } from './judgement.ts';
import { learnedVersionFacts } from './learned-version.ts';
import { trainingRun } from './training-run.ts';

/**
 * `quick`: prompt vectors before the name. `full`: before and after it, and time. The others go by the names of the papers
 * whose settings they are: `efficient-prompt` as published, `actionclip` and `clip4clip` over frozen towers.
 */
export const tuningPresetId = z.enum(['quick', 'full', 'efficient-prompt', 'actionclip', 'clip4clip']);
export type TuningPresetId = z.infer<typeof tuningPresetId>;

/** One point of a training's curve. */
export const tuningPoint = z.object({
  run: trainingRun,
  step: z.int(),
  loss: z.number(),
});
export type TuningPoint = z.infer<typeof tuningPoint>;

/** What one tuning left behind. */
export const tunedVersion = learnedVersionFacts.extend({
  kind: z.literal('prompts'),
  preset: tuningPresetId,
  seed: z.int(),
  /** Accepted shots it was trained on, by class (null: one that this project does not have), and shots of background. */
  shots: z.array(z.object({ classId: z.int().nullable(), count: z.int() })),
  backgroundShots: z.int().nonnegative(),
  videoCount: z.int().nonnegative(),
  /** Which learned parts have a say while it is in use. */
  parts: z.object({ prompts: z.boolean(), temporal: z.boolean() }),
  /** Null where an older project did not keep it. */
  judgement: promptsJudgement.nullable().default(null),
});
export type TunedVersion = z.infer<typeof tunedVersion>;

/** A boundary head: where actions begin and end, learned with the prompts and judged by itself. */
export const boundaryVersion = learnedVersionFacts.extend({
  kind: z.literal('boundaries'),
  seed: z.int(),
  segments: z.int().nonnegative(),
  videoCount: z.int().nonnegative(),
  judgement: partJudgement.nullable().default(null),
});
export type BoundaryVersion = z.infer<typeof boundaryVersion>;
