import { oc } from '@orpc/contract';
import { z } from 'zod';
import { video, videoFile } from '../domain/video.ts';
import { readingChoice } from '../domain/video-facts.ts';
import { atUs, placeToken, placeTokens, rowIds } from './given.ts';
import { english, say } from '../domain/saying.ts';

/** Curves over a video for the timeline: samples at `timesUs`, each curve `[N]` in [0, 1]. */
const curves = z.object({
  timesUs: z.array(z.number()),
  actionness: z.array(z.number()),
  novelty: z.array(z.number()),
});
export type Curves = z.infer<typeof curves>;

/** Curves of classes over a stretch: samples at `timesUs`, each curve `[N]` in [0, 1], to three places. */
const classCurves = z.object({
  timesUs: z.array(z.number()),
  perClass: z.array(z.object({ classId: z.int(), probability: z.array(z.number()) })),
});
export type ClassCurves = z.infer<typeof classCurves>;

/** Each frame of it is decoded. */
export const longestCutSearchUs = 20_000_000;

export const videos = {
  list: oc.output(z.array(video)),
  /** All facts of these videos and what their files hold, in the order asked for. */
  files: oc.input(z.object({ videoIds: rowIds })).output(z.array(videoFile)),
  /** One import job per file; folders give the video files inside them. Answers before any file is read. */
  add: oc
    .input(z.object({ places: placeTokens.min(1), reading: readingChoice.optional() }))
    .output(z.object({ jobIds: z.array(z.int()) })),
  /** Takes a video and its annotations out of the project; the media file stays. Undoable. */
  remove: oc.input(z.object({ videoId: z.int() })).output(z.void()),
  /**
   * Reads the file of a video again, otherwise or by the reader of today: a job that puts the video so read in its place,
   * with everything that a person labelled at its time. Undoable.
   */
  readAgain: oc.input(z.object({ videoId: z.int(), reading: readingChoice })).output(z.object({ jobId: z.int() })),
  /** Points a missing video at the same content elsewhere (checked by checksum). */
  relink: oc.input(z.object({ videoId: z.int(), place: placeToken })).output(video),
  /** The video that a person has before them: what is done for it comes before what is done for others. */
  inView: oc.input(z.object({ videoId: z.int() })).output(z.void()),
  /** Writes a frame, as its file has it, among the exports of the project as PNG; answers where it is. */
  snapshot: oc
    .input(z.object({ videoId: z.int(), frame: z.int().nonnegative() }))
    .output(z.object({ name: z.string(), location: z.string() })),
  /**
   * When the frame begins that cuts to another shot within a stretch of a few seconds; null where the picture changes by
   * and by.
   */
  findCut: oc
    .input(
      z
        .object({ videoId: z.int(), startUs: atUs, endUs: atUs })
        .refine(({ startUs, endUs }) => endUs >= startUs && endUs - startUs <= longestCutSearchUs, {
          error: english(say('A cut is looked for in a stretch of twenty seconds at most.')),
        }),
    )
    .output(z.number().nullable()),
  /** Compares the sound of two videos of one scene: at which offset, added to times of the first, they agree. */
  alignBySound: oc.input(z.object({ videoId: z.int(), otherId: z.int() })).output(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('match'),
        offsetUs: z.int(),
        /** Correlation of their loudness there, and how many times as high as at any other offset. */
        agreement: z.number(),
        distinctness: z.number(),
        overlapUs: z.number(),
      }),
      /** They have nothing in common that can be heard, or it repeats itself. */
      z.object({ kind: z.literal('unclear') }),
      z.object({ kind: z.literal('silent'), videoId: z.int() }),
    ]),
  ),
  /**
   * How likely each sample of a stretch shows each of these classes, the highest of `points` parts of it; null before
   * features are stored.
   */
  classCurves: oc
    .input(
      z.object({
        videoId: z.int(),
        classIds: z.array(z.int()).max(256),
        startUs: atUs,
        endUs: atUs,
        points: z.int().min(1).max(4096),
      }),
    )
    .output(classCurves.nullable()),
  /** Null before features are stored. */
  curves: oc.input(z.object({ videoId: z.int() })).output(curves.nullable()),
};
