import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** How long others are waited for, in milliseconds: they hold it for one small file. */
const patienceMs = 20_000;

/**
 * Does `work` while no other process does any under the same lock file; the operating system frees it however a process
 * ends. Fails as `work` does, and as files do.
 */
export function exclusively<Result>(lockFile: string, work: () => Result): Result {
  mkdirSync(dirname(lockFile), { recursive: true, mode: 0o700 });
  const connection = takenWhole(lockFile, () => takeExclusively(lockFile));
  try {
    return work();
  } finally {
    connection.close();
  }
}

/**
 * What `take` makes of a lock file; one that is damaged is made anew. Several that find it so at once do it one after
 * another, and each looks again first: what another has just made, and holds, is not taken away from under it.
 */
export function takenWhole<Lock>(lockFile: string, take: () => Lock): Lock {
  try {
    return take();
  } catch (error) {
    if (!isDamagedLock(error)) throw error;
  }
  // Stays there once it was needed: whoever removes a lock file may remove one that others wait for.
  const mending = takeExclusively(`${lockFile}-mending`);
  try {
    return take();
  } catch (error) {
    if (!isDamagedLock(error)) throw error;
    // It holds nothing worth keeping, and whoever holds a whole one is told apart by the system.
    for (const part of [`${lockFile}-journal`, lockFile]) rmSync(part, { force: true });
    return take();
  } finally {
    mending.close();
  }
}

function takeExclusively(lockFile: string): Database.Database {
  const connection = new Database(lockFile, { timeout: patienceMs });
  try {
    return connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** `SQLITE_ERROR`: its header asks for a format that is none, or its table has other columns. */
const isDamagedLock = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB|ERROR$)/u.test(error.code);
