import { oc } from '@orpc/contract';
import { told } from '../domain/saying.ts';
import { z } from 'zod';
import { examination } from '../domain/judgement.ts';
import { lessonVersion } from '../domain/lesson-version.ts';
import { scorerPresetId, scorerQuestion } from '../domain/scorer-version.ts';
import { boundaryVersion, tunedVersion, tuningPoint, tuningPresetId } from '../domain/tuning.ts';

/** One correction that teaches, as a stretch that can be shown. */
const shot = z.object({ segmentId: z.int(), videoId: z.int(), startUs: z.int(), endUs: z.int() });
export type TuningShot = z.infer<typeof shot>;

/** So many of each class, by video and time, are told with the status; `tuning.shots` tells more. */
export const firstShots = 4;

const shots = z.object({ count: z.int().nonnegative(), shots: z.array(shot).max(firstShots) });

const status = z.object({
  /** What there is to learn from now: accepted segments of every class; a class without any is in it too. */
  classes: z.array(shots.extend({ classId: z.int() })),
  /** Rejected proposals, which teach what is none of the classes. */
  rejected: shots,
  /** Videos reviewed for every class: what is unmarked in them is background. */
  reviewedVideoIds: z.array(z.int()),
  /** Why tuning cannot start now; null where it can. */
  obstacle: told.nullable(),
  /** Which learned parts have a say in proposals now. */
  parts: z.object({ corrections: z.boolean(), prompts: z.boolean(), temporal: z.boolean(), boundaries: z.boolean() }),
  /** What such tunings left behind, newest first. */
  versions: z.array(tunedVersion),
  /** The boundary heads that they left, newest first. */
  boundaryVersions: z.array(boundaryVersion),
  /** What corrections of other projects taught, as it was taken in, newest first. */
  lessonVersions: z.array(lessonVersion),
  /** Corrections made since the newest version. */
  correctionsSince: z.int(),
  /** The queued or running tuning. */
  jobId: z.int().nullable(),
});
export type TuningStatus = z.infer<typeof status>;

/** Learning from corrections. Whether it happens by itself is the setting `automaticTuning` of the project. */
export const tuning = {
  status: oc.output(status),
  /** What there is to learn from of one class, or what was rejected (null): the first `limit` by video and time. */
  shots: oc
    .input(z.object({ classId: z.int().nullable(), limit: z.int().positive().max(10_000) }))
    .output(z.array(shot)),
  /**
   * What the corrections of now bring by themselves, tried on videos held back from them; null with fewer than two
   * corrected videos. It takes seconds; equal corrections are answered from memory.
   */
  examination: oc.output(z.object({ examination: examination.nullable(), missing: z.array(z.string()) })),
  /** Queues a tuning on the corrections there are when it begins; one that waits or runs already is answered. */
  start: oc
    .input(z.object({ preset: tuningPresetId.default('quick'), seed: z.int().nonnegative().default(1) }))
    .output(z.object({ jobId: z.int() })),
  /**
   * The points so far of a tuning that runs, or ran last, and how many there were before they were thinned: the `index`
   * that the next change of topic `training` has. Empty for any other job.
   */
  runningCurve: oc
    .input(z.object({ jobId: z.int() }))
    .output(z.object({ count: z.int(), points: z.array(tuningPoint) })),
  /**
   * Queues the tuning of the project's scorer of clips. It measures first how long it would take: where that is longer
   * than allowed it fails with the estimate, or, with `ask`, ends without a version and leaves the estimate as a
   * question.
   */
  startScorer: oc
    .input(
      z.object({
        preset: scorerPresetId.default('careful'),
        longestMinutes: z.number().positive().max(1_000_000).default(60),
        ask: z.boolean().default(false),
      }),
    )
    .output(z.object({ jobId: z.int() })),
  /** The tuning that waits for a word; null while none does. */
  scorerQuestion: oc.output(scorerQuestion.nullable()),
  /** `begin`: queues it, however long it takes. Otherwise the question is dropped. */
  answerScorer: oc.input(z.object({ begin: z.boolean() })).output(z.void()),
};
