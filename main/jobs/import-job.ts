import { basename } from 'node:path';
import { z } from 'zod';
import { say } from '#preload/domain/saying.ts';
import { readingChoice, type ReadingChoice } from '#preload/domain/video-facts.ts';
import { bringVideoBack } from '../annotation/remove-video.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import { fingerprintOf } from '../project/media-fingerprint.ts';
import { mediaPath, sizeOf } from '../project/media-locator.ts';
import type { JobRun } from './job-queue.ts';
import type { JobType } from './job-type.ts';
import type { ProjectWork } from './project-work.ts';
import { requestProxy } from './proxy-job.ts';

const importWork = z.object({ path: z.string(), reading: readingChoice.optional() });

/** Queues the adding of files; answers the jobs in order. */
export const requestImports = ({ queue }: ProjectWork, files: readonly string[], reading?: ReadingChoice): number[] =>
  queue.add(
    files.map((path) => ({
      kind: 'import',
      subject: basename(path),
      videoId: null,
      work: importWork.parse({ path, reading }),
    })),
  );

/**
 * Checksum and frame table of a file, then its row. Content that the project has already is not added twice: the job says
 * under which name it is there, follows a moved file, and brings back a video that was removed.
 */
export const importJob: JobType = {
  lane: 'files',
  title: (fileName) => say('Add {{fileName}}', { fileName }),
  run: async (work, run) => {
    const { project, engine } = work;
    const { path, reading } = importWork.parse(run.job.work);
    const indexed = await engine.run(
      'index',
      { path, reading },
      { signal: run.signal, onProgress: ({ done, step }) => run.progress(done, step) },
    );
    run.signal.throwIfAborted();
    for (const warning of indexed.facts.warnings) run.note(warning);
    const known = project.database.videos.byChecksum(indexed.checksum);
    if (known !== null) {
      meetAgain(work, known, path, run);
      return;
    }
    const videoId = project.database.transaction(() =>
      project.database.videos.insert({
        name: nameOf(path, indexed.facts.reading),
        checksum: indexed.checksum,
        facts: { ...indexed.facts, seen: fingerprintOf(path) },
        frames: indexed.frames,
        addedAt: Date.now(),
        ...mediaPath(project.folder.path, path, sizeOf(path) ?? 0),
      }),
    );
    run.setVideo(videoId);
    project.publish({ topic: 'videos', videoIds: [videoId] });
    requestProxy(work, videoId);
  },
};

/** Streams of one file are told apart by name. */
export const nameOf = (path: string, { stream, separateFields }: ReadingChoice = {}): string =>
  [
    basename(path),
    ...(stream === undefined ? [] : [`stream ${stream}`]),
    ...(separateFields === true ? ['both fields'] : []),
  ].join(' · ');

function meetAgain(work: ProjectWork, known: StoredVideo, path: string, run: JobRun): void {
  const { project } = work;
  run.setVideo(known.id);
  const isLost = project.mediaOf(known) === null;
  if (isLost) project.setMediaPath(known.id, path);
  if (known.removed) {
    project.edits.commit(() => bringVideoBack(known));
    run.note(say('Brought back {{name}} with its annotations.', { name: known.name }));
  } else if (isLost) {
    run.note(say('Found {{name}} again, which was missing.', { name: known.name }));
  } else {
    run.note(say('Already in the project as {{name}}.', { name: known.name }));
  }
  requestProxy(work, known.id);
}
