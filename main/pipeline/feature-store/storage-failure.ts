import { fileFailure } from '#main/failures/file-failure.ts';
import { say } from '#preload/domain/saying.ts';

const advice = {
  'disk-full': say('free some space and start the job again, it goes on where it stopped'),
  forbidden: say('allow writing there, or move the project'),
  'read-only': say('move the project to where you may write'),
} as const;

/** What to throw when writing `file` threw `error`: a `Failure` where the system refused (`disk-full`, `forbidden`, `read-only`), or the error itself. */
export const storageFailure = (error: unknown, file: string): unknown => fileFailure(error, file, advice) ?? error;
