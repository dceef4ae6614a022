import { say } from '#preload/domain/saying.ts';
import type { JobType } from './job-type.ts';
import { embedVideo, localiseVideo } from './model-run.ts';
import { videoOf } from './video-of-job.ts';

/**
 * Frame features of one video, and proposals for classes that were typed in the meantime. For a project without classes:
 * what takes long is done before the first one is typed.
 */
export const embedJob: JobType = {
  lane: 'features',
  title: (videoName) => say('Read {{videoName}}', { videoName }),
  run: async (work, run) => {
    const videoId = videoOf(run.job);
    const { settings } = work.project;
    await embedVideo(work, videoId, run, ({ done, step }) => run.progress(done, step), settings);
    await localiseVideo(work, videoId, run, ({ step }) => run.progress(1, step), settings);
  },
};
