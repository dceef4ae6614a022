import type { JobType } from './job-type.ts';
import { localiseVideo } from './model-run.ts';
import type { ProjectWork } from './project-work.ts';

/**
 * Asks for proposals from stored features with the classes as they are now. However often it is asked, there is one such
 * job: one that runs begins anew, one that waits is enough.
 */
export function requestRescore({ project, queue }: ProjectWork): void {
  if (project.readOnly || project.embeddedVideoIds().size === 0) return;
  const [waiting] = queue.unfinished('rescore');
  if (waiting !== undefined) queue.restart(waiting.id);
  else queue.add([{ kind: 'rescore', subject: '', videoId: null, work: null }]);
}

/** Localisation in every video whose features are stored; a video whose file is missing is named and passed over. */
export const rescoreJob: JobType = {
  lane: 'scores',
  title: () => 'Score all videos again',
  run: async (work, run) => {
    const { project } = work;
    const embedded = project.embeddedVideoIds();
    const videos = project.database.videos.present().filter((video) => embedded.has(video.id));
    for (const [index, video] of videos.entries()) {
      run.signal.throwIfAborted();
      const report = (done: number) =>
        run.progress((index + done) / videos.length, `video ${index + 1} of ${videos.length}`);
      report(0);
      if (project.mediaOf(video) === null) run.note(`${video.name} is missing and keeps its proposals as they are.`);
      else await localiseVideo(work, video.id, run, ({ done }) => report(done));
    }
  },
};
