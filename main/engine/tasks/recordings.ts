import { lookAtTable } from '#main/series/look-at-table.ts';
import { readRecording } from '#main/series/read-recording.ts';
import type { EngineTask } from './task-context.ts';

/** What a sensor's table holds by its first rows. */
export const lookAtTableTask: EngineTask<'lookAtTable'> = async ({ path, reading, videoUs }) =>
  lookAtTable(path, reading, videoUs);

/** Columns of a sensor's table as values with their envelopes. */
export const readRecordingTask: EngineTask<'readRecording'> = readRecording;
