import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { takenWhole } from './exclusive-lock.ts';

/** Held while a project is open for writing. */
export interface ProjectLock {
  release(): void;
}

/**
 * Takes the project for this process, by a write transaction that stays open on a file of its own: the operating
 * system frees it however the process ends. A lock that is damaged is made anew. Fails with `project-busy`, naming the holder where it is known.
 */
export const takeProjectLock = (lockFile: string, project: string): ProjectLock =>
  takenWhole(lockFile, () => take(lockFile, project));

function take(lockFile: string, project: string): ProjectLock {
  const connection = new Database(lockFile, { timeout: 200 });
  try {
    connection.pragma('journal_mode = DELETE');
    connection.exec('BEGIN IMMEDIATE');
    connection.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL, host TEXT NOT NULL)');
    connection.exec('DELETE FROM holder');
    connection.prepare('INSERT INTO holder VALUES (?, ?)').run(process.pid, hostname());
    // The holder's name must be committed to be seen by others; whoever slips in between is told apart by the second BEGIN.
    connection.exec('COMMIT');
    connection.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const holder = holderOf(connection);
    connection.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error;
    const who =
      holder === null
        ? say('another program')
        : say('process {{pid}} on {{host}}', { pid: String(holder.pid), host: holder.host });
    throw new Failure(
      'project-busy',
      say('{{project}} is already open in {{who}}: close it there first.', { project, who }),
      {
        project,
        ...holder,
      },
    );
  }
  return {
    release() {
      if (!connection.open) return;
      connection.exec('ROLLBACK');
      connection.close();
    },
  };
}

function holderOf(connection: Database.Database): { readonly pid: number; readonly host: string } | null {
  try {
    return connection.prepare<[], { pid: number; host: string }>('SELECT pid, host FROM holder').get() ?? null;
  } catch {
    // The holder is just writing its name; that someone holds the project is all that can be said.
    return null;
  }
}
