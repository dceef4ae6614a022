import type { ReadingChoice } from '#preload/domain/video.ts';

/** How a person asks for a file to be read otherwise than a player shows it. */
export interface ReadingOptions {
  readonly stream?: number;
  readonly separateFields?: true;
  readonly frameRate?: number;
}

/** Undefined where nothing was asked for. */
export function readingOf({ stream, separateFields, frameRate }: ReadingOptions): ReadingChoice | undefined {
  if (stream === undefined && separateFields === undefined && frameRate === undefined) return undefined;
  return {
    ...(stream !== undefined && { stream }),
    ...(separateFields && { separateFields }),
    ...(frameRate !== undefined && { fps: frameRate }),
  };
}
