import { basename } from 'node:path';
import type { ListedRecording } from '#preload/contract/recordings.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Recording } from '#preload/domain/recording.ts';
import { addRecording, changeRecording, newTracks, removeRecording } from '../annotation/change-recordings.ts';
import { requestReading } from '../jobs/recording-job.ts';
import type { OpenProject } from '../project/open-project.ts';
import { lookForFile, rememberedFile, tableOf } from '../project/recording-file.ts';
import { factsOf } from '../series/series-files.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const recordingHandlers = (studio: Studio) => {
  const look = async (path: string, videoId: number, reading: Recording['reading'] | undefined, signal?: AbortSignal) =>
    studio.engine.run(
      'lookAtTable',
      { path, reading: reading ?? null, videoUs: studio.project().video(videoId).facts.endUs },
      signal === undefined ? {} : { signal },
    );

  return os.recordings.router({
    list: os.recordings.list.handler(({ input }) => {
      const project = studio.project();
      return project.database.recordings.ofVideo(project.video(input.videoId).id).map((row) => listed(project, row));
    }),

    look: os.recordings.look.handler(async ({ input: { videoId, place, reading }, signal }) => {
      const path = studio.places.pathOf(place);
      return { ...(await look(path, videoId, reading, signal)), name: basename(path) };
    }),

    lookAgain: os.recordings.lookAgain.handler(async ({ input: { recordingId, reading }, signal }) => {
      const project = studio.project();
      const recording = project.recording(recordingId);
      return look(tableOf(project.folder.path, recording), recording.videoId, reading ?? recording.reading, signal);
    }),

    add: os.recordings.add.handler(async ({ input, context, signal }) => {
      const project = studio.project();
      const { videoId, place, reading, tracks } = input;
      const path = studio.places.pathOf(place);
      const { firstUs, timeFault } = await look(path, videoId, reading, signal);
      if (timeFault !== null) throw new Failure('bad-input', timeFault, { path });
      const file = await rememberedFile(project.folder.path, path, signal);
      const edit = project.edits.commit(
        () =>
          addRecording({
            id: project.database.nextId('recordings'),
            videoId: project.video(videoId).id,
            name: basename(path),
            ...file,
            reading,
            offsetUs: input.offsetUs ?? likelyOffset(firstUs, project.video(videoId).facts.endUs),
            rate: 1,
            tracks: newTracks(tracks),
          }),
        context.editor,
      );
      return { recordingId: edit.recordings[0]!.after!.id };
    }),

    update: os.recordings.update.handler(({ input: { recordingId, ...change }, context }) => {
      const project = studio.project();
      project.edits.commit(() => changeRecording(project.recording(recordingId), change), context.editor);
    }),

    remove: os.recordings.remove.handler(({ input, context }) => {
      const project = studio.project();
      project.edits.commit(() => removeRecording(project.recording(input.recordingId)), context.editor);
    }),

    readAgain: os.recordings.readAgain.handler(({ input }) => {
      const work = studio.work();
      const recording = work.project.recording(input.recordingId);
      tableOf(work.project.folder.path, recording);
      requestReading(work, recording);
    }),

    replaceFile: os.recordings.replaceFile.handler(async ({ input: { recordingId, place }, context, signal }) => {
      const project = studio.project();
      const recording = project.recording(recordingId);
      const path = place === undefined ? lookForFile(project.folder.path, recording).path : studio.places.pathOf(place);
      const file = await rememberedFile(project.folder.path, path, signal);
      project.edits.commit(() => changeRecording(project.recording(recordingId), file), context.editor);
    }),
  });
};

function listed(project: OpenProject, recording: Recording): ListedRecording {
  const { absolutePath: _, relativePath: __, sample: ___, ...row } = recording;
  const { path, file } = lookForFile(project.folder.path, recording);
  return { ...row, location: path, file, facts: factsOf(project.folder.series, recording) };
}

/** A clock that begins within the video is the video's; any other says nothing of where its first row belongs. */
const likelyOffset = (firstUs: number | null, endUs: number): number =>
  firstUs !== null && firstUs >= 0 && firstUs < endUs ? Math.round(firstUs) : 0;
