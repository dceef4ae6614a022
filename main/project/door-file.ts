import { statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * A file inside every project that file managers open with Cuepoint: Linux and Windows give programs to files by their
 * names, and to folders not.
 */
const doorName = 'open.cuepoint';

/** Puts the door into the folder of a new project. */
export const makeDoor = (project: string): void =>
  writeFileSync(join(project, doorName), 'Cuepoint opens the project in whose folder this file lies.\n');

/** The project that a person meant who opened `path`: the folder itself, or the one whose door it is. */
export function projectMeantBy(path: string): string {
  const isDoor = basename(path) === doorName && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return isDoor ? dirname(path) : path;
}
