import { randomUUID } from 'node:crypto';
import { Failure, isFailure } from '#preload/domain/failure.ts';
import type { FailureCode } from '#preload/domain/failure.ts';
import { readOnlyFailure, sqliteFailure } from '../database/sqlite-failure.ts';

/** Any error as a `Failure`; one that nobody foresaw becomes `internal`, its stack goes to stderr under a log id. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  // An errno error has a `code` too, but never one of ours.
  if (isFailure(error)) return new Failure(error.code, error.message, error.details);
  return sqliteFailure(error) ?? abortFailure(error) ?? fileFailure(error) ?? unforeseen(error);
}

function abortFailure(error: unknown): Failure | null {
  return error instanceof Error && error.name === 'AbortError' ? new Failure('cancelled', 'This was cancelled.') : null;
}

const fileCodes: Readonly<Record<string, { readonly code: FailureCode; readonly says: string }>> = {
  ENOSPC: { code: 'disk-full', says: 'the disk is full; free some space and try again' },
  EDQUOT: { code: 'disk-full', says: 'the disk quota is used up; free some space and try again' },
  EACCES: { code: 'forbidden', says: 'the system does not allow it; check its permissions' },
  EPERM: { code: 'forbidden', says: 'the system does not allow it; check its permissions' },
  EROFS: { code: 'read-only', says: 'it is on a read-only disk; choose another place' },
  ENOENT: { code: 'not-found', says: 'it is not there' },
  ENOTDIR: { code: 'not-found', says: 'a part of the path is not a folder' },
  EISDIR: { code: 'bad-input', says: 'it is a folder, a file is needed' },
};

function fileFailure(error: unknown): Failure | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const known = fileCodes[error.code];
  if (known === undefined) return null;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : 'A file';
  if (known.code === 'read-only' && path === 'A file') return readOnlyFailure(error);
  return new Failure(known.code, `${path}: ${known.says}.`, { path }, { cause: error });
}

function unforeseen(error: unknown): Failure {
  const logId = randomUUID().slice(0, 8);
  process.stderr.write(`[${logId}] ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return new Failure(
    'internal',
    `Something went wrong inside Cuepoint; the log names it ${logId}.`,
    { logId },
    { cause: error },
  );
}
