import { access } from 'node:fs/promises';
import { isMissing } from '#main/failures/file-failure.ts';

/** Whether there is such a file; fails where that cannot be known, as in a folder that must not be looked into. */
export async function fileExists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
