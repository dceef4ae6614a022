import { randomUUID } from 'node:crypto';
import { asFailure, Failure, isFailure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { sqliteFailure } from '../database/sqlite-failure.ts';
import { fileFailure } from './file-failure.ts';

/** Any error as a `Failure`; one that nobody foresaw becomes `internal`, its stack goes to stderr under a log id. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  // An errno error has a `code` too, but never one of ours.
  if (isFailure(error)) return asFailure(error);
  return sqliteFailure(error) ?? abortFailure(error) ?? fileFailure(error) ?? unforeseen(error);
}

function abortFailure(error: unknown): Failure | null {
  return error instanceof Error && error.name === 'AbortError'
    ? new Failure('cancelled', say('This was cancelled.'))
    : null;
}

function unforeseen(error: unknown): Failure {
  const logId = randomUUID().slice(0, 8);
  process.stderr.write(`[${logId}] ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return new Failure(
    'internal',
    say('Something went wrong inside Cuepoint; the log names it {{logId}}.', { logId }),
    { logId },
    { cause: error },
  );
}
