import Database from 'better-sqlite3';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

/**
 * What SQLite's error means for a person, or null for one that only a bug can cause.
 * A failed write has been rolled back by SQLite: what was committed before is whole.
 */
export function sqliteFailure(error: unknown): Failure | null {
  if (!(error instanceof Database.SqliteError)) return null;
  // The -shm file of the write-ahead log is grown first, so a full disk may show there.
  if (error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR_SHMSIZE' || error.code === 'SQLITE_IOERR_WRITE') {
    return new Failure(
      'disk-full',
      say(
        'The disk that holds the project is full: the last change was not stored, everything before it is. Free some space and try again.',
      ),
      {},
      { cause: error },
    );
  }
  if (error.code.startsWith('SQLITE_READONLY')) {
    return new Failure(
      'read-only',
      say(
        'The project folder cannot be written to, so nothing in it can be changed. Copy it to a folder of your own to work on it.',
      ),
      {},
      { cause: error },
    );
  }
  if (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB') {
    return new Failure(
      'unreadable-project',
      say(
        'The project\'s database is damaged ({{reason}}). The folder "backups" inside the project holds earlier copies of it.',
        { reason: error.message },
      ),
      {},
      { cause: error },
    );
  }
  if (/malformed JSON/iu.test(error.message)) {
    return new Failure(
      'unreadable-project',
      say(
        'The project\'s database holds a text that cannot be read: "cuepoint check <project>" tells all that is wrong with it, and "--repair" mends what can be.',
      ),
      {},
      { cause: error },
    );
  }
  return null;
}
