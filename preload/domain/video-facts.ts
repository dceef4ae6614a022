import { z } from 'zod';
import { told } from './saying.ts';

/**
 * Where the times of frames come from: `stored` in the file; `counted`, since the file stores only the order and a rate;
 * `mended`, where stored times are missing, fall back or contradict the decoder's order, as the warnings tell.
 */
export const timeSource = z.enum(['stored', 'counted', 'mended']);
export type TimeSource = z.infer<typeof timeSource>;

/** What a person may decide about how a file is read; left out, it is read as a player shows it. */
export const readingChoice = z.object({
  /** Index of the video stream in its file. */
  stream: z.int().nonnegative().optional(),
  /** Whether both fields of interlaced pictures become frames of their own. */
  separateFields: z.boolean().optional(),
  /** Frames a second of a file, or a folder of pictures, that stores no times. */
  fps: z.number().positive().max(100_000).optional(),
});
export type ReadingChoice = z.infer<typeof readingChoice>;

/** What tells cheaply whether a file is as it was when all of it was read. */
const fileFingerprint = z.object({
  /** When the system says that it was changed, in its own words. */
  changedAt: z.string(),
  /** SHA-256, hex, of three places of it. */
  sample: z.string(),
});
export type FileFingerprint = z.infer<typeof fileFingerprint>;

/** Film streams of a file, in its order. */
export const filmStreams = z.array(
  z.object({
    /** In the file, sound counted too. */
    index: z.int().nonnegative(),
    codec: z.string(),
    width: z.int().nonnegative(),
    height: z.int().nonnegative(),
  }),
);

/** What the frame table and the container say of a video; sizes are as displayed: upright, square pixels. */
export const videoFacts = z.object({
  codec: z.string(),
  container: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  codedWidth: z.int().positive(),
  codedHeight: z.int().positive(),
  /** Degrees, counter-clockwise negative as in the container's display matrix: -90, 0, 90, 180. */
  rotation: z.number(),
  sampleAspectRatio: z.tuple([z.int().positive(), z.int().positive()]),
  frameCount: z.int().positive(),
  firstFrameUs: z.int(),
  lastFrameUs: z.int(),
  /** End of the last frame. */
  endUs: z.int(),
  averageFps: z.number().positive(),
  variableFrameRate: z.boolean(),
  times: timeSource.default('stored'),
  /** Whether pictures hold two fields, half a frame apart in time. */
  interlaced: z.boolean().default(false),
  /** Film streams of the file, in its order; empty where an older reader did not note them. */
  streams: filmStreams.default([]),
  /** Index of the stream that is read; -1 where an older reader did not note it. */
  stream: z.int().default(-1),
  /** How a person chose to read the file. */
  reading: readingChoice.optional(),
  hasAudio: z.boolean(),
  damagedPackets: z.int().nonnegative(),
  warnings: z.array(told),
  /** Whether Chromium's player can show the file itself; otherwise the studio plays a proxy with the same frame times. */
  browserPlayable: z.boolean(),
  /** The file as it was seen last; left out where it was not looked at on this machine. */
  seen: fileFingerprint.optional(),
});
export type VideoFacts = z.infer<typeof videoFacts>;
