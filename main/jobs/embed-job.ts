import { Failure } from '#preload/domain/failure.ts';
import type { NewJob } from '../database/jobs-table.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { JobRunner } from './job-queue.ts';
import { embedVideo, localiseVideo } from './model-run.ts';

/** For a project without classes: what takes long is done before the first one is typed. */
export const embedJob = (video: StoredVideo): NewJob => ({
  kind: 'embed',
  title: `Read ${video.name}`,
  videoId: video.id,
  work: null,
});

/** Frame features of one video, and proposals for classes that were typed in the meantime. */
export function runEmbed(project: OpenProject): JobRunner {
  return async (run) => {
    const { videoId, id } = run.job;
    if (videoId === null) throw new Failure('internal', `Job ${id} names no video.`);
    await embedVideo(project, videoId, run, ({ done, step }) => run.progress(done, step));
    await localiseVideo(project, videoId, run, ({ step }) => run.progress(1, step));
  };
}
