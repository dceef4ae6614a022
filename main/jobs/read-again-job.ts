import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '#preload/domain/failure.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { say } from '#preload/domain/saying.ts';
import { readingChoice, type ReadingChoice } from '#preload/domain/video-facts.ts';
import { carryLabels, type VideoRows } from '../annotation/carry-labels.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { EngineTasks } from '../engine/tasks.ts';
import type { OpenProject } from '../project/open-project.ts';
import { nameOf } from './import-job.ts';
import type { JobType } from './job-type.ts';
import type { ProjectWork } from './project-work.ts';
import { requestProxy } from './proxy-job.ts';
import { videoOf } from './video-of-job.ts';

const readAgainWork = z.object({ reading: readingChoice });

/** Queues it, and answers the job. Fails with `not-found` for an unknown video or a missing file. */
export function requestReadAgain({ project, queue }: ProjectWork, videoId: number, reading: ReadingChoice): number {
  const { name } = project.video(videoId);
  project.indexedMedia(videoId);
  const [id] = queue.add([{ kind: 'read-again', subject: name, videoId, work: readAgainWork.parse({ reading }) }]);
  return id!;
}

/**
 * Frame table of a video's file as a person chose to read it, or as today's reader reads it. A video's frames never
 * change under its labels, features and pictures: another reading is another video, which takes the place of the old
 * one with everything that was labelled. Undo brings the old one back as it was.
 */
export const readAgainJob: JobType = {
  lane: 'files',
  title: (videoName) => say('Read {{videoName}} again', { videoName }),
  run: async (work, run) => {
    const { project, engine, queue } = work;
    const videoId = videoOf(run.job);
    const { reading } = readAgainWork.parse(run.job.work);
    const { path } = project.indexedMedia(videoId);
    const isChosen = Object.values(reading).some((value) => value !== undefined && value !== false);
    const indexed = await engine.run(
      'index',
      { path, reading: isChosen ? reading : undefined },
      { signal: run.signal, onProgress: ({ done, step }) => run.progress(done, step) },
    );
    run.signal.throwIfAborted();
    const old = project.video(videoId);
    for (const warning of indexed.facts.warnings) run.note(warning);
    const known = project.database.videos.byChecksum(indexed.checksum);
    if (known !== null && known.id !== old.id && !known.removed)
      throw new Failure(
        'bad-input',
        say('The project holds {{name}} read that way already, as {{name2}}.', { name: old.name, name2: known.name }),
        {
          videoId: known.id,
        },
      );
    const isSame = known !== null && sameFrames(project.database.videos.frames(known.id)!, indexed.frames);
    if (isSame && known.id === old.id) {
      project.database.transaction(() =>
        project.database.videos.setFacts(old.id, { ...indexed.facts, seen: old.facts.seen }),
      );
      project.publish({ topic: 'videos', videoIds: [old.id] });
      run.note(say('It reads as before: nothing changed.'));
      return;
    }
    const hadProposals = project.embeddedVideoIds().has(old.id);
    const newId = isSame ? known.id : insertUnseen(project, old, known, indexed, nameOf(path, indexed.facts.reading));
    const frames = FrameTable.fromArray(indexed.frames);
    const { database } = project;
    const made = project.edits.commit(() =>
      carryLabels(
        rowsOf(project, old),
        rowsOf(project, database.videos.get(newId)!),
        frames,
        database.nextId('segments'),
      ),
    );
    run.setVideo(newId);
    const waiting = queue.jobsOf(old.id).filter((job) => job !== run.job.id);
    queue.cancel(waiting);
    if (made.carried > 0) {
      run.note(
        made.moved === 0
          ? say('{{count}} labels kept in place.', { count: made.carried, one: '{{count}} label kept in place.' })
          : say('{{moved}} of {{count}} labels moved to the nearest frame.', {
              moved: made.moved,
              count: made.carried,
              one: '{{moved}} of {{count}} label moved to the nearest frame.',
            }),
      );
    }
    for (const { startUs, endUs } of made.leftOut)
      run.note(
        say('Left out: {{from}} s to {{to}} s lies outside these frames.', {
          from: secondsOf(startUs),
          to: secondsOf(endUs),
        }),
      );
    requestProxy(work, newId);
    if (hadProposals) {
      const kind = database.classes.present().length > 0 ? 'propose' : 'embed';
      queue.add([{ kind, subject: database.videos.get(newId)!.name, videoId: newId, work: null }]);
    }
  },
};

const rowsOf = ({ database }: OpenProject, { id, name, split }: StoredVideo): VideoRows => ({
  id,
  name,
  split,
  segments: database.segments.rowsOfVideo(id),
  reviews: database.reviews.ofVideo(id),
  recordings: database.recordings.ofVideo(id),
});

const sameFrames = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

/**
 * A row for the file as it reads now, out of sight. Where one of the same file and choice holds other frames, found by an
 * older reader, that one gives its checksum up, and the features that are filed under it are forgotten.
 */
function insertUnseen(
  project: OpenProject,
  old: StoredVideo,
  outdated: StoredVideo | null,
  { checksum, facts, frames }: EngineTasks['index']['output'],
  name: string,
): number {
  const { videos } = project.database;
  if (outdated !== null) {
    for (const key of videos.featureKeysOf(outdated.id))
      rmSync(join(project.folder.features, `${key}.npy`), { force: true });
  }
  return project.database.transaction(() => {
    if (outdated !== null) {
      const words = `${checksum}\nas video ${outdated.id} was read before`;
      videos.giveUpChecksum(outdated.id, createHash('sha256').update(words).digest('hex'));
    }
    const { relativePath, absolutePath, sizeBytes } = old;
    const row = {
      name,
      checksum,
      facts: { ...facts, seen: old.facts.seen },
      frames,
      addedAt: old.addedAt,
      relativePath,
      absolutePath,
      sizeBytes,
    };
    const id = videos.insert(row);
    videos.setRemoved(id, true);
    return id;
  });
}
