import { stripPictures } from '#preload/domain/clip-strip.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { Span } from '#preload/domain/span.ts';
import { openFrameSource } from './frame-source.ts';
import { jpegOf } from './jpeg-encoder.ts';
import type { ThumbnailOptions } from './thumbnail.ts';

/**
 * A span as one JPEG: the frames on screen at the middles of `stripPictures` equal stretches, side by side from left to
 * right, each `width` pixels wide at most. Decoded in one pass. Fails as `openFrameSource` does.
 */
export async function makeClipStrip(
  file: string,
  table: FrameTable,
  { startUs, endUs }: Span,
  { width, signal }: ThumbnailOptions,
): Promise<Uint8Array> {
  const stretchUs = (endUs - startUs) / stripPictures;
  const times = Array.from({ length: stripPictures }, (_, stretch) => startUs + (stretch + 0.5) * stretchUs);
  await using source = await openFrameSource(file, table, { maxWidth: width, ...(signal && { signal }) });
  let strip: { readonly rgb: Uint8Array; readonly width: number; readonly height: number } | null = null;
  let place = 0;
  for await (const lent of source.framesAt(times)) {
    using frame = lent;
    const stripWidth = frame.width * stripPictures;
    strip ??= { rgb: new Uint8Array(3 * stripWidth * frame.height), width: stripWidth, height: frame.height };
    const rowBytes = 3 * frame.width;
    for (let row = 0; row < frame.height; row += 1)
      strip.rgb.set(
        frame.rgb.subarray(row * rowBytes, (row + 1) * rowBytes),
        3 * (row * stripWidth + place * frame.width),
      );
    place += 1;
  }
  return jpegOf(strip!);
}
