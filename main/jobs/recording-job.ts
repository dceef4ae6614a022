import { z } from 'zod';
import type { Recording } from '#preload/domain/recording.ts';
import { say } from '#preload/domain/saying.ts';
import { lookForFile, tableOf } from '../project/recording-file.ts';
import { factsOf, seriesFolder } from '../series/series-files.ts';
import type { JobType } from './job-type.ts';
import type { ProjectWork } from './project-work.ts';

const recordingWork = z.object({ recordingId: z.int().positive() });

/** Queues the reading of what a recording shows and nobody has read yet. */
export function requestReading({ project, queue }: ProjectWork, recording: Recording): void {
  if (factsOf(project.folder.series, recording) !== null) return;
  if (lookForFile(project.folder.path, recording).file !== 'there') return;
  const { id, name, videoId } = recording;
  const waits = queue.unfinished('recording').some((job) => recordingWork.parse(job.work).recordingId === id);
  if (!waits)
    queue.add([{ kind: 'recording', subject: name, videoId, work: recordingWork.parse({ recordingId: id }) }]);
}

/** The columns of a table that are drawn, as values that are quick to draw. What was removed meanwhile is not read. */
export const recordingJob: JobType = {
  lane: 'files',
  inViewFirst: true,
  title: (name) => say('Read {{name}}', { name }),
  run: async ({ project, engine }, { job, signal, progress, note }) => {
    const { recordingId } = recordingWork.parse(job.work);
    // Columns may be chosen while others are being read.
    for (;;) {
      const recording = project.database.recordings.get(recordingId);
      if (recording === null || factsOf(project.folder.series, recording) !== null) break;
      const { notes } = await engine.run(
        'readRecording',
        {
          path: tableOf(project.folder.path, recording),
          checksum: recording.checksum,
          reading: recording.reading,
          columns: recording.tracks.map(({ column }) => column),
          folder: seriesFolder(project.folder.series, recording),
        },
        { signal, onProgress: ({ done, step }) => progress(done, step) },
      );
      signal.throwIfAborted();
      for (const text of notes) note(text);
    }
    project.publish({ topic: 'recordings' });
  },
};
