import { z } from 'zod';

/** How the cells of a time column are read. `samples`: numbers of samples at a rate, or no column at all. */
export const timeUnits = ['s', 'ms', 'us', 'ns', 'date', 'clock', 'samples'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** More columns than these no table has that is read. */
export const mostColumns = 10_000;
const column = z
  .int()
  .nonnegative()
  .max(mostColumns - 1);

/** How a table of a sensor is read. */
export const recordingReading = z.object({
  delimiter: z.enum([',', ';', '\t', '|', ' ']),
  decimal: z.enum(['.', ',']),
  /** Lines before the table: remarks, a title, what Excel says of its separator. */
  skipLines: z.int().nonnegative().max(10_000),
  /** Whether the first line names the columns. */
  header: z.boolean(),
  time: z.object({
    /** Null: the rows follow each other at `rateHz`. */
    column: column.nullable(),
    unit: z.enum(timeUnits),
    /** Samples a second, where the unit is `samples`. */
    rateHz: z.number().positive().max(10_000_000),
  }),
});
export type RecordingReading = z.infer<typeof recordingReading>;

const finite = z.number().min(-Number.MAX_VALUE).max(Number.MAX_VALUE);

/** From which value to which a track is drawn: all of its values, those in view, or fixed ones. */
export const trackScale = z.union([
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('view') }),
  z.object({ kind: z.literal('fixed'), low: finite, high: finite }),
]);
export type TrackScale = z.infer<typeof trackScale>;

/** A column that is drawn. */
export const recordingTrack = z.object({
  column,
  name: z.string().trim().min(1).max(200),
  colour: z
    .string()
    .max(7)
    .regex(/^#[\da-f]{6}$/),
  scale: trackScale,
  /** Low, or not drawn at all. */
  look: z.enum(['full', 'low', 'hidden']),
});
export type RecordingTrack = z.infer<typeof recordingTrack>;

/** As many of one recording as a window can show to some purpose. */
export const mostTracks = 64;

/** Values that a sensor took beside a video, in a table that stays where it is. */
export const recording = z.object({
  id: z.int().positive(),
  videoId: z.int().positive(),
  name: z.string().trim().min(1).max(255),
  relativePath: z.string().max(4096).nullable(),
  absolutePath: z.string().min(1).max(4096),
  sizeBytes: z.int().nonnegative(),
  /** SHA-256 of the file, hex. */
  checksum: z.string().regex(/^[\da-f]{64}$/),
  /** The same of its length and three places of it, by which it is known again at once. */
  sample: z.string().regex(/^[\da-f]{64}$/),
  reading: recordingReading,
  /** The video's time at the recording's first row, of all that which is earliest. */
  offsetUs: z.int(),
  /** How much of the video's time passes in one second of the recording's clock; 1 where both agree. */
  rate: z.number().min(0.001).max(1000),
  tracks: z.array(recordingTrack).max(mostTracks),
});
export type Recording = z.infer<typeof recording>;

type Clock = Pick<Recording, 'offsetUs' | 'rate'>;

/** The video's time of a moment of the recording, which counts from its first row. */
export const videoUsOf = ({ offsetUs, rate }: Clock, ownUs: number): number => offsetUs + ownUs * rate;

/** The recording's time of a moment of the video. */
export const ownUsOf = ({ offsetUs, rate }: Clock, videoUs: number): number => (videoUs - offsetUs) / rate;

/**
 * Values travel in tiles of time. Each level has tiles twice as long as the one before, level 0 of 1/16 s; the last are
 * longer than any recording.
 */
export const recordingLevels = 36;
export const recordingTileUs = (level: number): number => 62_500 * 2 ** level;

/** No tile holds more samples or envelopes than this, but for those on both sides that lead into it. */
export const mostInTile = 4096;

/** One entry of a tile: own times of its first and last sample, lowest and highest value; not a number for a gap. */
export const tileFields = 4;
