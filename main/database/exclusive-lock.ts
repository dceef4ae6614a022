import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** How long others are waited for, in milliseconds: they hold it for one small file. */
const patienceMs = 20_000;

/**
 * Does `work` while no other process does any under the same lock file; the operating system frees it however a process
 * ends. A lock that is damaged is made anew: it holds nothing. Fails as `work` does, and as files do.
 */
export function exclusively<Result>(lockFile: string, work: () => Result): Result {
  mkdirSync(dirname(lockFile), { recursive: true, mode: 0o700 });
  const connection = taken(lockFile);
  try {
    return work();
  } finally {
    connection.close();
  }
}

function taken(lockFile: string): Database.Database {
  try {
    return take(lockFile);
  } catch (error) {
    if (!isDamagedLock(error)) throw error;
    for (const part of [lockFile, `${lockFile}-journal`]) rmSync(part, { force: true });
    return take(lockFile);
  }
}

function take(lockFile: string): Database.Database {
  const connection = new Database(lockFile, { timeout: patienceMs });
  try {
    return connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** `SQLITE_ERROR`: its header asks for a format that is none, or its table has other columns. */
export const isDamagedLock = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB|ERROR$)/u.test(error.code);
