import { basename } from 'node:path';
import { Failure } from '#preload/domain/failure.ts';
import { checksumOfReading } from '#main/media/reading-checksum.ts';
import { removeVideo } from '../annotation/remove-video.ts';
import { requestImports } from '../jobs/import-job.ts';
import { learnAhead } from '../jobs/learn-ahead.ts';
import { localisationInput } from '../jobs/model-run.ts';
import { requestProxy } from '../jobs/proxy-job.ts';
import { requestReadAgain } from '../jobs/read-again-job.ts';
import { filesToAdd } from '../project/files-to-add.ts';
import { listSomeVideos, listVideos } from '../project/list-videos.ts';
import { writeSnapshot } from '../project/write-snapshot.ts';
import { frameAsPng } from '../studio/frame-as-png.ts';
import { sha256 } from '../project/media-locator.ts';
import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const videoHandlers = (studio: Studio) =>
  os.videos.router({
    list: os.videos.list.handler(() => listVideos(studio.project())),

    files: os.videos.files.handler(({ input }) => {
      const project = studio.project();
      return input.videoIds.map((videoId) => {
        const { id, checksum, facts } = project.video(videoId);
        return { id, checksum, facts };
      });
    }),

    add: os.videos.add.handler(async ({ input }) => {
      const files = await filesToAdd(input.places.map((place) => studio.places.pathOf(place)));
      return { jobIds: requestImports(studio.work(), files, input.reading) };
    }),

    readAgain: os.videos.readAgain.handler(({ input }) => ({
      jobId: requestReadAgain(studio.work(), input.videoId, input.reading),
    })),

    remove: os.videos.remove.handler(({ input, context }) => {
      const { project, queue } = studio.work();
      project.edits.commit(() => removeVideo(project.video(input.videoId)), context.editor);
      queue.cancelOf(input.videoId);
    }),

    relink: os.videos.relink.handler(async ({ input, signal }) => {
      const work = studio.work();
      const { project } = work;
      const video = project.video(input.videoId);
      const path = studio.places.pathOf(input.place);
      if (checksumOfReading(await sha256(path, signal), video.facts.reading) !== video.checksum) {
        throw new Failure(
          'bad-input',
          `${path} is not the same content as ${video.name}: add it as a video of its own.`,
          { path },
        );
      }
      project.setMediaPath(video.id, path);
      requestProxy(work, video.id);
      return listSomeVideos(project, [video.id])[0]!;
    }),

    inView: os.videos.inView.handler(({ input }) => {
      const project = studio.project();
      project.videoInView = project.video(input.videoId).id;
    }),

    snapshot: os.videos.snapshot.handler(async ({ input: { videoId, frame }, signal }) => {
      const project = studio.project();
      const table = project.frames(videoId);
      const png = await frameAsPng(studio.engine, project.indexedMedia(videoId), frame, signal);
      const of = { videoName: project.video(videoId).name, frame, timeUs: table.startUs(frame) };
      const location = await writeSnapshot(project.folder.path, of, png);
      return { name: basename(location), location };
    }),

    findCut: os.videos.findCut.handler(({ input: { videoId, ...span }, signal }) => {
      const media = studio.project().indexedMedia(videoId);
      return studio.engine.run('findCut', { media, span }, signal === undefined ? {} : { signal });
    }),

    alignBySound: os.videos.alignBySound.handler(async ({ input: { videoId, otherId }, signal }) => {
      const project = studio.project();
      for (const id of [videoId, otherId])
        if (!project.video(id).facts.hasAudio) return { kind: 'silent', videoId: id };
      const [first, second] = [project.indexedMedia(videoId), project.indexedMedia(otherId)];
      const found = await studio.engine.run('alignSound', { first, second }, signal === undefined ? {} : { signal });
      if (found.kind !== 'silent') return found;
      return { kind: 'silent', videoId: found.which === 'first' ? videoId : otherId };
    }),

    curves: os.videos.curves.handler(async ({ input, signal }) => {
      const work = studio.work();
      const { project } = work;
      const { id } = project.video(input.videoId);
      learnAhead(work);
      if (!project.isAnyEmbedded(new Set([id]))) return null;
      const curves = await studio.engine.run(
        'curves',
        localisationInput(project, id),
        signal === undefined ? {} : { signal },
      );
      return curves === null
        ? null
        : {
            timesUs: [...curves.timesUs],
            actionness: [...curves.actionness],
            novelty: [...curves.novelty],
          };
    }),

    classCurves: os.videos.classCurves.handler(async ({ input: { videoId, ...view }, signal }) => {
      const { project } = studio.work();
      const { id } = project.video(videoId);
      if (!project.isAnyEmbedded(new Set([id]))) return null;
      const curves = await studio.engine.run(
        'classCurves',
        { ...localisationInput(project, id), view },
        signal === undefined ? {} : { signal },
      );
      return curves && { timesUs: [...curves.timesUs], perClass: curves.perClass.map(inThousandths) };
    }),
  });

/** Finer than a row is high. */
const inThousandths = ({
  classId,
  probability,
}: {
  readonly classId: number;
  readonly probability: Float32Array;
}): { classId: number; probability: number[] } => ({
  classId,
  probability: Array.from(probability, (value) => Math.round(value * 1000) / 1000),
});
