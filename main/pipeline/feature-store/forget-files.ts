import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isMissing } from '#main/failures/file-failure.ts';

/** Names of the files in a folder; none where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

/** Removes the files of a folder whose names are meant. */
export async function forgetFiles(folder: string, isMeant: (name: string) => boolean): Promise<void> {
  const names = await namesIn(folder);
  for (const name of names.filter(isMeant)) await rm(path.join(folder, name), { force: true });
}
