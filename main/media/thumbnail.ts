import type { FrameTable } from '#preload/domain/frame-table.ts';
import { openFrameSource } from './frame-source.ts';
import { jpegOf } from './jpeg-encoder.ts';

/** An encoded picture, as a browser takes it. */
export interface Thumbnail {
  readonly bytes: Uint8Array;
  readonly mime: 'image/jpeg';
  /** The frame that it shows. */
  readonly index: number;
}

export interface ThumbnailOptions {
  /** Width at most; smaller videos stay as they are. */
  readonly width: number;
  readonly signal?: AbortSignal;
}

/** A small picture of the frame on screen at `atUs`. Fails as `openFrameSource` does. */
export async function makeThumbnail(
  file: string,
  table: FrameTable,
  atUs: number,
  options: ThumbnailOptions,
): Promise<Thumbnail> {
  for await (const thumbnail of thumbnailsAt(file, table, [atUs], options)) return thumbnail;
  throw new Error('one time gives one thumbnail');
}

/** `count` pictures at the middles of `count` equal stretches of the video, in order, read sparsely. */
export function makeFilmstrip(
  file: string,
  table: FrameTable,
  count: number,
  options: ThumbnailOptions,
): AsyncGenerator<Thumbnail> {
  const stretchUs = (table.lastEndUs - table.firstStartUs) / count;
  const times = Array.from({ length: count }, (_, stretch) => table.firstStartUs + (stretch + 0.5) * stretchUs);
  return thumbnailsAt(file, table, times, options);
}

async function* thumbnailsAt(
  file: string,
  table: FrameTable,
  timesUs: readonly number[],
  { width, signal }: ThumbnailOptions,
): AsyncGenerator<Thumbnail> {
  await using source = await openFrameSource(file, table, { maxWidth: width, ...(signal && { signal }) });
  for await (const lent of source.framesAt(timesUs)) {
    using frame = lent;
    yield { bytes: await jpegOf(frame), mime: 'image/jpeg', index: frame.index };
  }
}
