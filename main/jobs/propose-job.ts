import { Failure } from '#preload/domain/failure.ts';
import type { NewJob } from '../database/jobs-table.ts';
import type { StoredVideo } from '../database/videos-table.ts';
import type { OpenProject } from '../project/open-project.ts';
import type { JobRunner } from './job-queue.ts';
import { embedVideo, localiseVideo } from './model-run.ts';

/** Share of the work that embedding is: localisation reads what it stored, and a scorer of clips looks at pictures again. */
const embeddingShares = { clip: 0.95, xclip: 0.5, fused: 0.5 } as const;

export const proposeJob = (video: StoredVideo): NewJob => ({
  kind: 'propose',
  title: `Propose segments in ${video.name}`,
  videoId: video.id,
  work: null,
});

/** Features where they are missing, then proposals and their classes. */
export function runPropose(project: OpenProject): JobRunner {
  return async (run) => {
    const { videoId, id } = run.job;
    if (videoId === null) throw new Failure('internal', `Job ${id} names no video.`);
    const embeddingShare = embeddingShares[project.settings.scorer];
    await embedVideo(project, videoId, run, ({ done, step }) => run.progress(done * embeddingShare, step));
    await localiseVideo(project, videoId, run, ({ done, step }) =>
      run.progress(embeddingShare + done * (1 - embeddingShare), step),
    );
  };
}
