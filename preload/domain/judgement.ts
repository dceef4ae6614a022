import { z } from 'zod';

/** What a person would see, at the score from which segments are shown. */
const outcomes = z.object({
  /** Occurrences marked. */
  of: z.int().nonnegative(),
  found: z.int().nonnegative(),
  /** Shown segments that are known to be none. */
  falseAlarms: z.int().nonnegative(),
});

/**
 * Segments of the same held-back videos, found in two ways: mAP@0.3:0.7 in [0, 1], and the interval that holds the
 * difference 9 times out of 10. `equal`: within noise; `untested`: too little can be held back to tell.
 */
export const comparison = z.object({
  verdict: z.enum(['better', 'equal', 'worse', 'untested']),
  videos: z.int().nonnegative(),
  before: z.number(),
  after: z.number(),
  difference: z.object({ mean: z.number(), low: z.number(), high: z.number() }),
  shown: z.object({ before: outcomes, after: outcomes }),
});
export type Comparison = z.infer<typeof comparison>;

/**
 * A moment that learning changed, or did not: `won` and `lost` are occurrences found now and not before or the other way
 * round, `missed` found neither way; of segments that are wrong, a `new alarm` is now, a `false alarm` was before as well, and
 * `quiet` is no more.
 */
const moment = z.object({
  kind: z.enum(['won', 'lost', 'missed', 'new alarm', 'false alarm', 'quiet']),
  videoId: z.int(),
  classId: z.int(),
  startUs: z.number(),
  endUs: z.number(),
});
export type LearnedMoment = z.infer<typeof moment>;

/** Moments of each kind and class that are told are no more than this: enough to look at. */
export const mostMomentsOfAKind = 12;

/** What a trained part brought, class by class, with clips to look at; none where an older project did not keep them. */
export const partJudgement = comparison.extend({
  classes: z
    .array(z.object({ classId: z.int(), comparison }))
    .readonly()
    .default([]),
  moments: z.array(moment).readonly().default([]),
});
export type PartJudgement = z.infer<typeof partJudgement>;

/** What each trained part is worth on held-back videos, on top of what corrections teach at once. */
export const promptsJudgement = z.object({
  prompts: partJudgement.nullable(),
  /** Names whose examples were withheld. */
  namesWithoutShots: comparison.nullable(),
  temporal: partJudgement.nullable(),
  besideLive: comparison.nullable(),
});

/** What corrections bring by themselves, without any training, on videos that are held back from them. */
export const examination = z.object({
  /** How classes look, beside their names. */
  discriminant: comparison,
  /** How sure a segment is, on top of that. */
  score: comparison,
  together: comparison,
  classes: z.array(
    z.object({
      classId: z.int(),
      comparison,
      /** Corrections that were tried without, one by one, because the class became worse. */
      tried: z.int().nonnegative(),
      /** The one of them without which the class would be best, and how good then; `classIds` are none of a rejection. */
      culprit: z
        .object({
          videoId: z.int(),
          startUs: z.number(),
          endUs: z.number(),
          classIds: z.array(z.int()),
          without: z.number(),
        })
        .nullable(),
    }),
  ),
  moments: z.array(moment),
});
export type Examination = z.infer<typeof examination>;
