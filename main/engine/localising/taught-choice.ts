import type { Correction, ReviewedVideo } from '#main/pipeline/tune/training-shots.ts';

/** A corrected video as far as its stored features go: no file is opened for it. */
export interface TaughtVideo {
  readonly videoId: number;
  readonly name: string;
  readonly checksum: string;
  readonly endUs: number;
}

/** What corrections have taught, as localisation uses it. */
export interface TaughtChoice {
  /** File of the tuned version that is live; null while none is. */
  readonly versionFile: string | null;
  readonly corrections: readonly Correction[];
  readonly reviewed: readonly ReviewedVideo[];
  /** The videos that these are in. */
  readonly videos: readonly TaughtVideo[];
}
