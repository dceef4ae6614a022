import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** A movie box beyond this size is no real one; it would be read into memory whole. */
const largestMovieBox = 256 * 1024 * 1024;

/** What is inside a box, and where in the file that begins. */
interface Box {
  readonly payload: Buffer;
  readonly at: number;
}

/** Whether the video track of an MP4 or QuickTime file has an edit list (ISO/IEC 14496-12, 8.6.5). */
export async function videoHasEditList(file: string): Promise<boolean> {
  await using handle = await open(file);
  const movie = await readMovieBox(handle);
  if (!movie) return false;
  return children(movie, 'trak').some((track) => isVideo(track) && children(track, 'edts').length > 0);
}

/**
 * Makes the movie header of an MP4 say that the movie lasts at least until `endUs`. FFmpeg leaves an empty edit at the
 * start out of the movie's duration, which should hold all edits (ISO/IEC 14496-12, 8.2.2.3), and browsers let nobody
 * seek past the duration.
 */
export async function extendMovieDuration(file: string, endUs: number): Promise<void> {
  await using handle = await open(file, 'r+');
  const movie = await readMovieBox(handle);
  const header = movie && children(movie, 'mvhd')[0];
  if (!header) return;
  const { payload } = header;
  // Version 1 has 64-bit times.
  const wide = payload[0] === 1;
  const timescale = payload.readUInt32BE(wide ? 20 : 12);
  const stated = wide ? Number(payload.readBigUInt64BE(24)) : payload.readUInt32BE(16);
  const needed = Math.ceil((endUs * timescale) / 1_000_000);
  if (needed <= stated || (!wide && needed > 0xff_ff_ff_ff)) return;
  const field = Buffer.alloc(wide ? 8 : 4);
  if (wide) field.writeBigUInt64BE(BigInt(needed));
  else field.writeUInt32BE(needed);
  await handle.write(field, 0, field.length, header.at + (wide ? 24 : 16));
}

/** The `moov` box, wherever in the file it lies. */
async function readMovieBox(handle: FileHandle): Promise<Box | null> {
  const { size: fileSize } = await handle.stat();
  for (let at = 0; at + 8 <= fileSize;) {
    const header = Buffer.alloc(16);
    await handle.read(header, 0, 16, at);
    const { size, headerSize, type } = boxAt(header, 0, fileSize - at);
    if (size < headerSize) return null;
    if (type === 'moov') {
      if (size > largestMovieBox) return null;
      const payload = Buffer.alloc(size - headerSize);
      await handle.read(payload, 0, payload.length, at + headerSize);
      return { payload, at: at + headerSize };
    }
    at += size;
  }
  return null;
}

function isVideo(track: Box): boolean {
  return children(track, 'mdia').some((media) =>
    children(media, 'hdlr').some(({ payload }) => payload.toString('latin1', 8, 12) === 'vide'),
  );
}

/** The boxes of one type directly inside another. */
function children({ payload, at: start }: Box, wanted: string): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= payload.length;) {
    const { size, headerSize, type } = boxAt(payload, at, payload.length - at);
    if (size < headerSize) break;
    if (type === wanted)
      found.push({ payload: payload.subarray(at + headerSize, at + size), at: start + at + headerSize });
    at += size;
  }
  return found;
}

/** A box's type and sizes; size 0 means "to the end", size 1 that a 64-bit size follows. */
function boxAt(
  bytes: Buffer,
  at: number,
  left: number,
): { readonly size: number; readonly headerSize: number; readonly type: string } {
  const short = bytes.readUInt32BE(at);
  const type = bytes.toString('latin1', at + 4, at + 8);
  if (short === 1 && at + 16 <= bytes.length) {
    return { size: Number(bytes.readBigUInt64BE(at + 8)), headerSize: 16, type };
  }
  return { size: short === 0 ? left : short, headerSize: 8, type };
}
