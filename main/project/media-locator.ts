import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { frameFolderOf } from '#main/media/frame-folder.ts';
import { checksumOfReading } from '#main/media/reading-checksum.ts';
import type { MediaPath, StoredVideo } from '../database/videos-table.ts';

/** Where `path` is, as a project in `folder` remembers it. */
export function mediaPath(folder: string, path: string, sizeBytes: number): MediaPath {
  const fromProject = relative(folder, path);
  return {
    // Between two Windows drives there is no relative path.
    relativePath: isAbsolute(fromProject) ? null : fromProject.split(sep).join('/'),
    absolutePath: path,
    sizeBytes,
  };
}

/** Where a video's file should be: beside the project as it was, else where it was. */
export const mediaPlaces = (folder: string, video: MediaPath): string[] => [
  ...(video.relativePath === null ? [] : [resolve(folder, video.relativePath)]),
  video.absolutePath,
];

/** The media file of a video; null where it is in none of its places any more. */
export const findMedia = (folder: string, video: MediaPath): string | null =>
  mediaPlaces(folder, video).find((path) => sizeOf(path) === video.sizeBytes) ?? null;

/**
 * Looks for files of lost videos, by size and then SHA-256, in the folder of the project and those next to it where the
 * files used to be. Calls `found` as each turns up.
 */
export async function searchMedia(
  folder: string,
  lost: readonly StoredVideo[],
  found: (video: StoredVideo, path: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const folders = new Set([dirname(folder), folder]);
  for (const video of lost) {
    if (video.relativePath !== null) folders.add(dirname(resolve(folder, video.relativePath)));
    folders.add(dirname(video.absolutePath));
  }
  const bySize = Map.groupBy(lost, (video) => video.sizeBytes);
  for (const place of folders) {
    const names = await readdir(place).catch(() => []);
    for (const name of names) {
      if (signal.aborted) return;
      const path = join(place, name);
      const wanted = bySize.get(sizeOf(path) ?? -1);
      if (wanted === undefined || wanted.length === 0) continue;
      const checksum = await sha256(path, signal).catch(() => null);
      const index = wanted.findIndex(
        (video) => checksum !== null && video.checksum === checksumOfReading(checksum, video.facts.reading),
      );
      if (index >= 0) found(wanted.splice(index, 1)[0]!, path);
    }
  }
}

/** SHA-256 of a file's bytes, or of all frames of a folder, hex. Fails as reading the file does. */
export async function sha256(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const frames = await frameFolderOf(path);
  for (const file of frames ? frames.names.map((name) => join(frames.folder, name)) : [path]) {
    await pipeline(createReadStream(file), hash, { end: false, ...(signal && { signal }) });
  }
  return hash.digest('hex');
}

/** Bytes of a file, or entries of a folder (of frames); null where there is neither. */
export function sizeOf(path: string): number | null {
  try {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts?.isDirectory() === true) return readdirSync(path).length;
    return facts?.isFile() === true ? facts.size : null;
  } catch {
    // A folder that may not be entered hides its files: for us they are not there.
    return null;
  }
}
