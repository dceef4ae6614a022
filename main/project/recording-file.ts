import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ListedRecording } from '#preload/contract/recordings.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Recording } from '#preload/domain/recording.ts';
import type { RememberedFile } from '../annotation/change-recordings.ts';
import { sampleOf } from './media-fingerprint.ts';
import { findMedia, mediaPath, sha256, sizeOf } from './media-locator.ts';

/** Where the table of a recording is now, and whether it is what was added, as far as three places of it tell. */
export function lookForFile(
  folder: string,
  recording: Recording,
): { readonly path: string; readonly file: ListedRecording['file'] } {
  const found = findMedia(folder, recording);
  if (found !== null) return { path: found, file: sampleOf(found) === recording.sample ? 'there' : 'changed' };
  const { relativePath, absolutePath } = recording;
  const beside = relativePath === null ? absolutePath : resolve(folder, relativePath);
  const other = [beside, absolutePath].find((path) => existsSync(path));
  return other === undefined ? { path: absolutePath, file: 'missing' } : { path: other, file: 'changed' };
}

/** The table of a recording, to be read. Fails with `not-found` where it is gone or another one by now. */
export function tableOf(folder: string, recording: Recording): string {
  const { path, file } = lookForFile(folder, recording);
  if (file === 'there') return path;
  throw new Failure(
    'not-found',
    file === 'missing'
      ? `${recording.name} is missing (it was at ${path}): put it back, or find it again.`
      : `${path} is not the file that was added: its content changed. Put the old one back, or take its new content.`,
    { recordingId: recording.id, path },
  );
}

/** What a project in `folder` remembers of a table. Fails as reading the file does. */
export async function rememberedFile(folder: string, path: string, signal?: AbortSignal): Promise<RememberedFile> {
  const sizeBytes = sizeOf(path) ?? 0;
  return { ...mediaPath(folder, path, sizeBytes), checksum: await sha256(path, signal), sample: sampleOf(path) };
}
