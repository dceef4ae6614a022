import { z } from 'zod';
import { told } from './saying.ts';

/**
 * What quality is measured on. `reviewed`: videos that are reviewed as complete, each held back in turn, so that what is
 * found in it is what would be found had nobody looked at it. `validation`, `test`: complete videos of that split, which
 * nothing was ever learned from.
 */
export const measuredOn = z.enum(['reviewed', 'validation', 'test']);
export type MeasuredOn = z.infer<typeof measuredOn>;

/** tIoUs that average precision is measured at; the middle one tells right from wrong everywhere else. */
export const measuredTIoUs = [0.3, 0.4, 0.5, 0.6, 0.7] as const;
export const rightTIoU = 0.5;

/** Bins of calibration, each a tenth of the scores wide. */
export const scoreBins = 10;

/** What is true of all alike: numbers and times of rows. */
const id = z.int().positive();
const share = z.number().min(0).max(1);

/** A share and the interval that holds it 9 times out of 10, by drawing videos anew; null where there are too few. */
export const estimate = z.object({ value: share, low: share.nullable(), high: share.nullable() });
export type Estimate = z.infer<typeof estimate>;

/**
 * `found`: marked, and proposed as its class. `misnamed`: marked, and proposed as another class alone. `missed`: marked, and
 * not proposed. `false`: proposed where nothing of the class is left to be found.
 */
export const outcome = z.enum(['found', 'misnamed', 'missed', 'false']);
export type Outcome = z.infer<typeof outcome>;

/** How many of each; `found`, `misnamed` and `missed` are of the class that is true, `false` of the proposed one. */
export const outcomeCounts = z.object({ found: z.int(), misnamed: z.int(), missed: z.int(), false: z.int() });
export type OutcomeCounts = z.infer<typeof outcomeCounts>;

/** All proposals from a score on: how many of them are right, and of all that is marked how much they find. */
export const curvePoint = z.object({ score: share, precision: share, recall: share });
export type CurvePoint = z.infer<typeof curvePoint>;

/** Of one class, or of all; average precision is null where nothing of it is marked. */
const classQuality = z.object({
  classId: id,
  /** Marked, in how many of the videos. */
  segments: z.int(),
  videos: z.int(),
  /** One for each of `measuredTIoUs`. */
  averagePrecision: z.array(share).nullable(),
  average: estimate.nullable(),
  outcomes: outcomeCounts,
  /** At tIoU 0.5, by falling score. */
  curve: z.array(curvePoint),
});
export type ClassQuality = z.infer<typeof classQuality>;

const scoreBin = z.object({
  from: share,
  to: share,
  count: z.int(),
  right: z.int(),
  /** Mean of its scores; null for none. */
  meanScore: share.nullable(),
});
export type ScoreBin = z.infer<typeof scoreBin>;

/** What was measured, at one score from which proposals are shown. */
export const quality = z.object({
  on: measuredOn,
  /** Milliseconds since 1970. */
  measuredAt: z.number(),
  /** What proposed. */
  model: z.string(),
  videoIds: z.array(id),
  /** Words about videos and learned parts that are not in it. */
  notes: z.array(told),
  threshold: share,
  /** mAP at each of `measuredTIoUs`, and their mean. */
  map: z.array(share),
  averageMap: estimate,
  segments: z.int(),
  outcomes: outcomeCounts,
  curve: z.array(curvePoint),
  classes: z.array(classQuality),
  /**
   * `[K + 1, K + 1]` counts in the order of `classes`: rows what is true, the last one nothing; columns what is proposed,
   * the last one nothing.
   */
  confusion: z.array(z.array(z.int())),
  calibration: z.object({
    bins: z.array(scoreBin),
    /** Expected calibration error of all proposals, and of those that are shown; null for none. */
    error: share.nullable(),
    shownError: share.nullable(),
  }),
});
export type Quality = z.infer<typeof quality>;

/** One thing behind a number. */
export const qualityClip = z.object({
  outcome,
  videoId: id,
  startUs: z.int(),
  endUs: z.int(),
  trueClassId: id.nullable(),
  proposedClassId: id.nullable(),
  score: share.nullable(),
  /** The marked segment; of a false one, what it is or was proposed as, where that is there. */
  segmentId: id.nullable(),
});
export type QualityClip = z.infer<typeof qualityClip>;

const classOrNothing = z.int().positive().max(Number.MAX_SAFE_INTEGER).nullable();

/**
 * Which number's clips are asked for. `outcome`: of a class, or of all (null). `cell`: of the confusion matrix, null is
 * nothing. `bin`: of calibration, by its number. `above`: proposals of a class, or of all, from a score on.
 */
export const clipQuestion = z.union([
  z.object({ by: z.literal('outcome'), outcome, classId: classOrNothing }),
  z.object({ by: z.literal('cell'), trueClassId: classOrNothing, proposedClassId: classOrNothing }),
  z.object({
    by: z.literal('bin'),
    bin: z
      .int()
      .min(0)
      .max(scoreBins - 1),
  }),
  z.object({ by: z.literal('above'), score: share, classId: classOrNothing }),
]);
export type ClipQuestion = z.infer<typeof clipQuestion>;
