import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileFailure } from '#main/failures/file-failure.ts';
import type { FrameTable } from '#preload/domain/frame-table.ts';
import type { FrameSpan } from './copy-clip.ts';
import { indicesOf, type CutOptions } from './cut-clip.ts';
import { openFrameSource } from './frame-source.ts';
import { jpegOf } from './jpeg-encoder.ts';
import { pngOf } from './write-png.ts';

/** FFmpeg's best. */
const finestJpeg = 2;

/**
 * Writes these frames as pictures into a folder, `img_00001` and on, upright with square pixels; answers how many were
 * lost to damage and are the picture before them, and the bytes. Fails with `disk-full`, `forbidden` or `cancelled`.
 */
export async function writePictures(
  file: string,
  table: FrameTable,
  span: FrameSpan,
  folder: string,
  kind: 'jpg' | 'png',
  options: Omit<CutOptions, 'mayCopy'>,
): Promise<{ readonly lostFrames: number; readonly bytes: number }> {
  await using source = await openFrameSource(file, table, options);
  const count = span.endFrame - span.startFrame;
  let [lostFrames, bytes] = [0, 0];
  try {
    await mkdir(folder, { recursive: true });
    for await (const lent of source.framesAtIndices(indicesOf(span))) {
      using frame = lent;
      const number = frame.index + 1 - span.startFrame;
      const picture = kind === 'png' ? pngOf(frame) : await jpegOf(frame, finestJpeg);
      await writeFile(path.join(folder, pictureName(number, kind)), picture);
      bytes += picture.length;
      if (!frame.exact) lostFrames += 1;
      options.onProgress?.(number / count);
    }
  } catch (error) {
    throw fileFailure(error, folder, {}) ?? error;
  }
  return { lostFrames, bytes };
}

/** As MMAction2 counts them, from 1. */
export const pictureName = (number: number, kind: 'jpg' | 'png'): string =>
  `img_${String(number).padStart(5, '0')}.${kind}`;
