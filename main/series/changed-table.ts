import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

/** What is said of a table that is not what was added. */
export const changedTable = (path: string, recordingId?: number): Failure =>
  new Failure(
    'not-found',
    say(
      '{{path}} is not the file that was added: its content changed. Put the old one back, or take its new content.',
      { path },
    ),
    { path, ...(recordingId !== undefined && { recordingId }) },
  );
