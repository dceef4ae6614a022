import { Failure } from '#preload/domain/failure.ts';

/** What is said of a table that is not what was added. */
export const changedTable = (path: string, recordingId?: number): Failure =>
  new Failure(
    'not-found',
    `${path} is not the file that was added: its content changed. Put the old one back, or take its new content.`,
    { path, ...(recordingId !== undefined && { recordingId }) },
  );
