import { existsSync } from 'node:fs';
import type { ListedRecording } from '#preload/contract/recordings.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { Recording } from '#preload/domain/recording.ts';
import type { RememberedFile } from '../annotation/change-recordings.ts';
import { changedTable } from '../series/changed-table.ts';
import { sampleOf } from './media-fingerprint.ts';
import { findMedia, mediaPath, mediaPlaces, sha256, sizeOf } from './media-locator.ts';

/** Where the table of a recording is now, and whether it is what was added, as far as three places of it tell. */
export function lookForFile(
  folder: string,
  recording: Recording,
): { readonly path: string; readonly file: ListedRecording['file'] } {
  const found = findMedia(folder, recording);
  if (found !== null) return { path: found, file: sampleOf(found) === recording.sample ? 'there' : 'changed' };
  const other = mediaPlaces(folder, recording).find((path) => existsSync(path));
  return other === undefined ? { path: recording.absolutePath, file: 'missing' } : { path: other, file: 'changed' };
}

/** The table of a recording, to be read. Fails with `not-found` where it is gone or another one by now. */
export function tableOf(folder: string, recording: Recording): string {
  const { path, file } = lookForFile(folder, recording);
  if (file === 'there') return path;
  if (file === 'changed') throw changedTable(path, recording.id);
  throw new Failure(
    'not-found',
    say('{{name}} is missing (it was at {{path}}): put it back, or find it again.', { name: recording.name, path }),
    {
      recordingId: recording.id,
      path,
    },
  );
}

/** What a project in `folder` remembers of a table. Fails as reading the file does. */
export async function rememberedFile(folder: string, path: string, signal?: AbortSignal): Promise<RememberedFile> {
  const sizeBytes = sizeOf(path) ?? 0;
  return { ...mediaPath(folder, path, sizeBytes), checksum: await sha256(path, signal), sample: sampleOf(path) };
}
