import { Failure } from '#preload/domain/failure.ts';

const full = new Set(['ENOSPC', 'EDQUOT']);
const locked = new Set(['EROFS', 'EACCES', 'EPERM']);

/** What to throw when writing `file` threw `error`: `disk-full`, `read-only`, or the error itself. */
export function storageFailure(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (full.has(code)) {
    const message = `The disk is full: cannot write ${file}. Free some space and start the job again; it goes on where it stopped.`;
    return new Failure('disk-full', message, { file }, { cause: error });
  }
  if (locked.has(code)) {
    const message = `Cannot write ${file}: the folder is read-only. Allow writing there, or move the project.`;
    return new Failure('read-only', message, { file }, { cause: error });
  }
  return error;
}

/** Whether `error` says that a file is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
