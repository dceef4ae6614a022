import { Failure } from '#preload/domain/failure.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import type { FailureCode } from '#preload/domain/failure.ts';

interface FileFault {
  readonly code: FailureCode;
  readonly says: Saying;
  readonly advice: Saying;
}

const full = say('free some space and try again');
const refused: FileFault = {
  code: 'forbidden',
  says: say('the system does not allow it'),
  advice: say('check its permissions'),
};
const absent: Omit<FileFault, 'says'> = { code: 'not-found', advice: say('check the path') };

/** The one meaning of each error that the system gives for a file, by the name that Node has for it. */
const faults: Readonly<Record<string, FileFault>> = {
  ENOSPC: { code: 'disk-full', says: say('the disk is full'), advice: full },
  EDQUOT: { code: 'disk-full', says: say('the disk quota is used up'), advice: full },
  EACCES: refused,
  EPERM: refused,
  EROFS: { code: 'read-only', says: say('it is on a read-only disk'), advice: say('choose another place') },
  ENOENT: { ...absent, says: say('it is not there') },
  ENOTDIR: { ...absent, says: say('a part of the path is not a folder') },
  EISDIR: { code: 'bad-input', says: say('it is a folder'), advice: say('choose a file') },
};

/**
 * What the system's error with a file means, or null where it is no such error.
 * @param file which file, where the error does not name the one that people know.
 * @param advice what to do instead of the usual, by code.
 */
export function fileFailure(
  error: unknown,
  file?: string,
  advice: Readonly<Partial<Record<FailureCode, Saying>>> = {},
): Failure | null {
  const fault = faults[systemCodeOf(error) ?? ''];
  if (fault === undefined) return null;
  const { code, says } = fault;
  const path = file ?? pathOf(error);
  const details = path === null ? {} : { path };
  const unnameable = code === 'not-found' && path !== null ? notUtf8(path) : null;
  const words = { path: path ?? say('A file'), says, advice: advice[code] ?? fault.advice };
  return new Failure(code, unnameable ?? say('{{path}}: {{says}}; {{advice}}.', words), details, { cause: error });
}

/** Why a file of this name is not found though it is there: bytes that are no UTF-8 arrive as `\uFFFD`. Null for other names. */
export const notUtf8 = (file: string): Saying | null =>
  file.includes('\uFFFD')
    ? say('{{file}} has a name that is not UTF-8 and cannot be opened; rename it, for example with convmv.', { file })
    : null;

/** Whether `error` says that a file is not there. */
export const isMissing = (error: unknown): boolean => systemCodeOf(error) === 'ENOENT';

/** Whether `error` says that something of that name is there already. */
export const isThereAlready = (error: unknown): boolean => systemCodeOf(error) === 'EEXIST';

/** What the system calls an error; null where it is none of the system's. */
export function systemCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function pathOf(error: unknown): string | null {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : null;
}
