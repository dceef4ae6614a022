import { oc } from '@orpc/contract';
import { z } from 'zod';
import { scorerPresetId, scorerQuestion, scorerVersion } from '../domain/scorer-version.ts';
import { tunedVersion, tuningPoint, tuningPresetId } from '../domain/tuning.ts';

const versionId = z.object({ versionId: z.int() });
const scorerVersionId = z.object({ id: scorerVersion.shape.id });

/** One correction that teaches, as a stretch that can be shown. */
const shot = z.object({ segmentId: z.int(), videoId: z.int(), startUs: z.int(), endUs: z.int() });
export type TuningShot = z.infer<typeof shot>;

const status = z.object({
  /** What there is to learn from now: accepted segments of every class; a class without any is in it too. */
  classes: z.array(z.object({ classId: z.int(), shots: z.array(shot) })),
  /** Rejected proposals, which teach what is none of the classes. */
  rejected: z.array(shot),
  /** Videos reviewed for every class: what is unmarked in them is background. */
  reviewedVideoIds: z.array(z.int()),
  /** Why tuning cannot start now; null where it can. */
  obstacle: z.string().nullable(),
  /** Which learned parts have a say in proposals now. */
  parts: z.object({ corrections: z.boolean(), prompts: z.boolean(), temporal: z.boolean(), boundaries: z.boolean() }),
  /** Newest first. */
  versions: z.array(tunedVersion),
  /** Corrections made since the newest version. */
  correctionsSince: z.int(),
  /** The queued or running tuning. */
  jobId: z.int().nullable(),
});
export type TuningStatus = z.infer<typeof status>;

/** Learning from corrections. Whether it happens by itself is the setting `automaticTuning` of the project. */
export const tuning = {
  status: oc.output(status),
  /** Queues a tuning on the corrections there are when it begins; one that waits or runs already is answered. */
  start: oc
    .input(z.object({ preset: tuningPresetId.default('quick'), seed: z.int().nonnegative().default(1) }))
    .output(z.object({ jobId: z.int() })),
  /** What a version was learned along, thinned to what a chart shows. */
  versionCurve: oc.input(versionId).output(z.array(tuningPoint)),
  /**
   * The points so far of a tuning that runs, or ran last, and how many there were before they were thinned: the `index`
   * that the next change of topic `training` has. Empty for any other job.
   */
  runningCurve: oc
    .input(z.object({ jobId: z.int() }))
    .output(z.object({ count: z.int(), points: z.array(tuningPoint) })),
  /** Makes a version live whatever the gate said, or none (null): then names and corrections alone decide. */
  setLive: oc.input(z.object({ versionId: z.int().nullable() })).output(z.void()),
  rename: oc.input(versionId.extend({ name: tunedVersion.shape.name })).output(z.void()),
  /** Forgets a version and its file; the live one is refused. */
  remove: oc.input(versionId).output(z.void()),
  /**
   * Queues the tuning of the project's scorer of clips. It measures first how long it would take: where that is longer
   * than allowed it fails with the estimate, or, with `ask`, ends without a version and leaves the estimate as a
   * question. Which version scores is the setting `scorerVersion`.
   */
  startScorer: oc
    .input(
      z.object({
        preset: scorerPresetId.default('careful'),
        longestMinutes: z.number().positive().default(60),
        ask: z.boolean().default(false),
      }),
    )
    .output(z.object({ jobId: z.int() })),
  /** The tuning that waits for a word; null while none does. */
  scorerQuestion: oc.output(scorerQuestion.nullable()),
  /** `begin`: queues it, however long it takes. Otherwise the question is dropped. */
  answerScorer: oc.input(z.object({ begin: z.boolean() })).output(z.void()),
  /** Tuned versions of scorers of clips, newest first. */
  scorerVersions: oc.output(z.array(scorerVersion)),
  renameScorer: oc.input(scorerVersionId.extend({ name: scorerVersion.shape.name })).output(z.void()),
  /** Forgets a version and its file; the one that scores is refused. */
  removeScorer: oc.input(scorerVersionId).output(z.void()),
  /** As `export`, of a version of a scorer. */
  exportScorer: oc.input(scorerVersionId.extend({ place: z.string() })).output(z.object({ path: z.string() })),
  /** Copies a version's tensors into a folder, with a JSON file of the same name that says what it is. */
  export: oc.input(versionId.extend({ place: z.string() })).output(z.object({ path: z.string() })),
};
