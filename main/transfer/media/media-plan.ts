import { z } from 'zod';
import { split } from '#preload/domain/split.ts';
import type { AnnotationSet } from '../annotation-set.ts';

const namedText = z.object({ name: z.string(), text: z.string() });

/** What of a video goes into one file, or one folder of pictures, of an export. */
const piece = z.object({
  /** Within the folder of the export, parted by `/`. */
  path: z.string(),
  videoId: z.int(),
  /** Of the video's content, SHA-256, hex. */
  checksum: z.string(),
  /** As lists name the video. */
  video: z.string(),
  split: split.nullable(),
  /** Half-open. */
  startFrame: z.int(),
  endFrame: z.int(),
  startUs: z.int(),
  endUs: z.int(),
  /** Indices into the classes: that of a clip, those of the segments of a video. */
  segments: z.array(z.object({ startUs: z.int(), endUs: z.int(), label: z.int() })),
});
export type Piece = z.infer<typeof piece>;

/** What an export makes of the videos themselves; kept beside it while it is made, so that an interrupted one goes on. */
export const mediaPlan = z.object({
  kind: z.enum(['clips', 'frames', 'features']),
  /** Short side of pictures; null: as they are. */
  shortSide: z.int().positive().nullable(),
  /** Whether clips may be copied where that is exact. */
  mayCopy: z.boolean(),
  pictures: z.enum(['jpg', 'png']),
  numbers: z.enum(['float32', 'float16']),
  packing: z.enum(['npy', 'npz']),
  /** Of the features: the project's model and how many frames a second it looks at. */
  model: z.string().nullable(),
  samplingFps: z.number(),
  version: z.string(),
  classes: z.array(z.string()),
  pieces: z.array(piece),
  /** Lists that are known before anything is made. */
  texts: z.array(namedText),
});
export type MediaPlan = z.infer<typeof mediaPlan>;

/** What became of a piece. */
export const madePiece = z.object({
  path: z.string(),
  /** How a clip came to be, and why it was not copied. */
  how: z.enum(['copied', 'encoded']).nullable().default(null),
  why: z.string().nullable().default(null),
  /** Frames lost to damage, which show the picture before them. */
  lostFrames: z.int().default(0),
  bytes: z.int(),
  /** Of a file; null for a folder of pictures. */
  sha256: z.string().nullable().default(null),
  /** Of features: `[rows, dim]`. */
  shape: z.tuple([z.int(), z.int()]).nullable().default(null),
});
export type MadePiece = z.infer<typeof madePiece>;

/** The plan of an export; settings that its kind has no use for stay as they are here. */
export const planOf = (
  { samplingFps, version, classes }: AnnotationSet,
  own: Pick<MediaPlan, 'kind' | 'pieces' | 'texts'> & Partial<MediaPlan>,
): MediaPlan => ({
  shortSide: null,
  mayCopy: true,
  pictures: 'jpg',
  numbers: 'float32',
  packing: 'npy',
  model: null,
  samplingFps,
  version,
  classes: classes.map(({ name }) => name),
  ...own,
});
