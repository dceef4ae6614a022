import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** A movie box beyond this size is no real one; it would be read into memory whole. */
const largestMovieBox = 256 * 1024 * 1024;

/** Whether the video track of an MP4 or QuickTime file has an edit list (ISO/IEC 14496-12, 8.6.5). */
export async function videoHasEditList(file: string): Promise<boolean> {
  await using handle = await open(file);
  const movie = await readMovieBox(handle);
  if (!movie) return false;
  return children(movie, 'trak').some((track) => isVideo(track) && children(track, 'edts').length > 0);
}

/**
 * Whether another movie follows the first one in an MP4 or QuickTime file, as where two were joined byte for byte: nothing
 * reads it. Files in fragments are read on, whatever heads stand between.
 */
export async function holdsAnotherMovie(file: string): Promise<boolean> {
  await using handle = await open(file);
  let heads = 0;
  for await (const { type } of topLevelBoxes(handle)) {
    if (type === 'moof') return false;
    if (type === 'ftyp') heads += 1;
  }
  return heads > 1;
}

/** What is inside the `moov` box, wherever in the file it lies. */
async function readMovieBox(handle: FileHandle): Promise<Buffer | null> {
  for await (const { type, from, to } of topLevelBoxes(handle)) {
    if (type !== 'moov') continue;
    if (to - from > largestMovieBox) return null;
    const payload = Buffer.alloc(to - from);
    await handle.read(payload, 0, payload.length, from);
    return payload;
  }
  return null;
}

/** The boxes of a file: from where to where their insides reach. Ends at what is no box. */
async function* topLevelBoxes(
  handle: FileHandle,
): AsyncGenerator<{ readonly type: string; readonly from: number; readonly to: number }> {
  const { size: fileSize } = await handle.stat();
  for (let at = 0; at + 8 <= fileSize;) {
    const header = Buffer.alloc(16);
    await handle.read(header, 0, 16, at);
    const { size, headerSize, type } = boxAt(header, 0, fileSize - at);
    if (size < headerSize) return;
    yield { type, from: at + headerSize, to: at + size };
    at += size;
  }
}

function isVideo(track: Buffer): boolean {
  return children(track, 'mdia').some((media) =>
    children(media, 'hdlr').some((handler) => handler.toString('latin1', 8, 12) === 'vide'),
  );
}

/** The insides of the boxes of one type directly inside another. */
function children(payload: Buffer, wanted: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 8 <= payload.length;) {
    const { size, headerSize, type } = boxAt(payload, at, payload.length - at);
    if (size < headerSize) break;
    if (type === wanted) found.push(payload.subarray(at + headerSize, at + size));
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
