import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Backend } from '#main/backend.ts';
import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { Session } from './session.ts';

const extension = '.cuepoint';

/** `clips` and `clips.cuepoint` both name the project folder `clips.cuepoint`. */
export const projectFolderOf = (given: string): string => {
  const folder = path.resolve(given);
  return folder.endsWith(extension) ? folder : `${folder}${extension}`;
};

/** The backend with the named project open; rejects where there is none. */
export async function openProject(session: Session, given: string): Promise<Backend> {
  const literal = path.resolve(given);
  const folder = [projectFolderOf(given), literal].find((candidate) => existsSync(candidate));
  if (!folder)
    throw new Failure(
      'not-found',
      verbatim(`There is no project at ${literal}; make one with "cuepoint new ${given}".`),
    );
  const backend = await session.backend();
  await backend.openProject(folder);
  return backend;
}
