import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { isSoundBeside } from '../database/look-over.ts';
import { createDatabase, openDatabase, openDatabaseToLook } from '../database/open-database.ts';
import type { OpenDatabase, OpenDatabaseOptions } from '../database/open-database.ts';
import { takeProjectLock } from '../database/project-lock.ts';
import type { ProjectLock } from '../database/project-lock.ts';
import { sqliteFailure } from '../database/sqlite-failure.ts';
import { fileFailure } from '../failures/file-failure.ts';
import { clearLeftovers } from './clear-leftovers.ts';
import { makeDoor } from './door-file.ts';
import { partNames, partsOf } from './folder-parts.ts';
import type { ProjectFolder } from './folder-parts.ts';
import { refuseStrangeEntries, strangeEntries } from './links-out.ts';

export const projectExtension = '.cuepoint';

export interface OpenFolder {
  readonly folder: ProjectFolder;
  readonly opened: OpenDatabase;
  /** Null where the folder cannot be written to and can only be looked at. */
  readonly lock: ProjectLock | null;
}

/** What people call a project: its folder's name without the extension. */
export const projectName = (path: string): string => basename(path, projectExtension);

/**
 * Makes the folder of a new project and answers its path; whole or not at all.
 * Fails with `bad-input` where there is something of that name already.
 */
export function createProjectFolder(parent: string, name: string, appVersion: string): string {
  const path = join(parent, name.endsWith(projectExtension) ? name : `${name}${projectExtension}`);
  if (existsSync(path))
    throw new Failure('bad-input', say('{{path}} is there already: open it, or choose another name.', { path }), {
      path,
    });
  const unfinished = `${path}.${process.pid}.unfinished`;
  const parts = partsOf(unfinished);
  mkdirSync(unfinished, { recursive: true });
  try {
    for (const part of [parts.features, parts.proxies, parts.tuned, parts.series, parts.backups]) mkdirSync(part);
    createDatabase({ file: parts.database, backupFolder: parts.backups, appVersion }).close();
    makeDoor(unfinished);
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return path;
}

/** Whether a large project was found to be sound, while others were answered; false where opening has to look itself. */
export const isSoundProject = async (path: string): Promise<boolean> => {
  const { database } = partsOf(path);
  // What leads elsewhere is not even looked at.
  return existsSync(database) && strangeEntries(path, partNames).length === 0 && isSoundBeside(database);
};

/**
 * Opens a project for this process alone, or, in a folder that cannot be written to or on a full disk, to look at. One of
 * which `isSoundProject` has just said so is not looked over again.
 * Fails with `not-found`, `unreadable-project`, `newer-project`, `project-busy` or `disk-full`.
 */
export function openProjectFolder(path: string, appVersion: string, isSound = false): OpenFolder {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) throw new Failure('not-found', say('There is no project at {{path}}.', { path }), { path });
  const folder = partsOf(path);
  const options = { file: folder.database, backupFolder: folder.backups, appVersion, isSound };
  if (!facts.isDirectory() || !existsSync(folder.database)) {
    throw new Failure(
      'unreadable-project',
      say('{{path}} is not a Cuepoint project: it should be a folder with "project.sqlite" inside.', { path }),
      {
        path,
      },
    );
  }
  refuseStrangeEntries(path, partNames);
  const toLook = (): OpenFolder => ({ folder, opened: openDatabaseToLook(options), lock: null });
  if (!isWritable(folder)) return toLook();
  try {
    return openToWork(folder, options);
  } catch (error) {
    // What is on a full disk can still be looked at, and exported to another.
    if (!isFull(error)) throw error;
    return toLook();
  }
}

const isFull = (error: unknown): boolean =>
  (error instanceof Failure ? error : (sqliteFailure(error) ?? fileFailure(error)))?.code === 'disk-full';

function openToWork(folder: ProjectFolder, options: OpenDatabaseOptions): OpenFolder {
  const lock = takeProjectLock(folder.lock, folder.path);
  try {
    for (const part of [folder.features, folder.proxies, folder.tuned, folder.series, folder.backups])
      mkdirSync(part, { recursive: true });
    clearLeftovers(folder);
    return { folder, opened: openDatabase(options), lock };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** By trying: permission bits do not tell of read-only disks, nor of rights given by other means. */
function isWritable({ path, database }: ProjectFolder): boolean {
  // A name that nobody can foresee, and never through a link: it would empty the file behind it.
  const probe = join(path, `.writable-${randomUUID()}`);
  try {
    writeFileSync(probe, '', { flag: 'wx' });
    rmSync(probe);
    closeSync(openSync(database, 'r+'));
    return true;
  } catch (error) {
    const code = fileFailure(error)?.code;
    if (code === 'read-only' || code === 'forbidden' || code === 'disk-full') return false;
    throw error;
  }
}
