import { z } from 'zod';
import { told } from './saying.ts';
import { executionProvider, localProvider } from './model.ts';

/** A plan is used only where it agrees this well with the processor's float32 on frames of the project. */
export const leastAgreement = {
  /** Cosine of a frame's features, below which at most one frame in twenty may lie. */
  cosine: 0.999,
  /** Share of frames with the same most likely class. */
  sameClass: 0.975,
  /** Share of the pairs of proposals that keep their order. */
  sameOrder: 0.95,
} as const;

/** What came of computing frames of a project in one way. */
export const planTrial = z.object({
  /** What the frames were computed on, and in. */
  plan: executionProvider,
  /** Frames per run with which it is fastest. */
  batch: z.int().positive().nullable(),
  framesPerSecond: z.number().positive().nullable(),
  /** The cosine with the processor's float32 that 95 % of the frames reach. */
  cosine: z.number().nullable(),
  /** Share of the frames with the same most likely class; null without classes. */
  sameClass: z.number().nullable(),
  /** Share of the pairs of proposals that keep their order; null where there are no two. */
  sameOrder: z.number().nullable(),
  /** Why it cannot be used; null for one that can. */
  problem: told.nullable(),
});
export type PlanTrial = z.infer<typeof planTrial>;

/** What it would bring, and cost, if frames that hardly differ shared features. */
export const stillTrial = planTrial
  .pick({ sameClass: true, sameOrder: true, problem: true })
  .extend({ share: z.number().min(0).max(1), cosine: z.number() });
export type StillTrial = z.infer<typeof stillTrial>;

export const planReport = z.object({
  model: z.string(),
  frames: z.int().positive(),
  classes: z.int().nonnegative(),
  /** In the order tried, the processor's float32 first. */
  trials: z.array(planTrial),
  /** The fastest of those that agree. */
  fastest: executionProvider,
  still: stillTrial,
});
export type PlanReport = z.infer<typeof planReport>;

/** A way to compute that was found by trial for a project, before its first frames were read, and is used since. */
export const keptPlan = planReport.pick({ frames: true }).extend({
  plan: localProvider,
  batch: z.int().min(1).max(256).nullable(),
  framesPerSecond: z.number().positive(),
  /** Frames a second of the processor in float32, in the same trial. */
  ofProcessor: z.number().positive(),
  cosine: z.number(),
  sameClass: z.number().nullable(),
});
export type KeptPlan = z.infer<typeof keptPlan>;

/** What the settings of a machine say where a plan that was tried is used. */
export const settingsOfPlan = ({ plan, batch }: Pick<PlanTrial, 'plan' | 'batch'>) => ({
  provider: plan,
  bestBatch: batch === null ? null : { provider: plan, frames: batch },
});

export const planProgress = z.object({ done: z.number(), step: told });
export type PlanProgress = z.infer<typeof planProgress>;
