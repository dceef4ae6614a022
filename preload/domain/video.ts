import { z } from 'zod';
import { shownFacts } from './shown-facts.ts';
import { split } from './split.ts';
import { videoFacts } from './video-facts.ts';

export const video = z.object({
  id: z.int().positive(),
  /** File name without folder: what the library shows. */
  name: z.string(),
  /** Where the file is, for display only; the file may be missing. */
  location: z.string(),
  facts: shownFacts,
  /** Whether the media file is where it should be right now. */
  missing: z.boolean(),
  /** It is missing because another file stands at `location` now. Left out where that is not so. */
  replaced: z.literal(true).optional(),
  /** `direct`: the file itself plays; `proxy`: a proxy is ready; `proxy-pending`: one is needed and not made yet. */
  playback: z.enum(['direct', 'proxy', 'proxy-pending']),
  /** Whether frame features of the project's current model and sampling rate are stored. */
  embedded: z.boolean(),
  /** Segment counts by state, classes that were removed left out. `open`: proposals that score enough to be shown. */
  counts: z.object({ proposed: z.int(), open: z.int(), accepted: z.int(), rejected: z.int() }),
  /** Share of (video x class) pairs marked complete, 0 to 1. */
  reviewedShare: z.number(),
  /** The part of the data set that it belongs to; null: none. */
  split: split.nullable(),
  addedAt: z.int(),
});
export type Video = z.infer<typeof video>;

/** What else is known of a video. */
export const videoFile = z.object({
  id: z.int().positive(),
  /** SHA-256 of the file's bytes, hex. */
  checksum: z.string(),
  facts: videoFacts,
});
