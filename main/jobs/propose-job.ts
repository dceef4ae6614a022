import { say } from '#preload/domain/saying.ts';
import type { JobType } from './job-type.ts';
import { embedVideo, localiseVideo } from './model-run.ts';
import { videoOf } from './video-of-job.ts';

/** Share of the work that embedding is: localisation reads what it stored, and a scorer of clips looks at pictures again. */
const embeddingShares = { clip: 0.95, xclip: 0.5, fused: 0.5 } as const;

/** Features where they are missing, then proposals and their classes. */
export const proposeJob: JobType = {
  lane: 'features',
  title: (videoName) => say('Propose segments in {{videoName}}', { videoName }),
  run: async (work, run) => {
    const videoId = videoOf(run.job);
    // Read once: what is changed meanwhile is for the next job.
    const { settings } = work.project;
    if (settings.model !== null && work.project.edits.setPointBeforeProposing(settings.model, run.job.createdAt))
      work.project.publish({ topic: 'history' });
    const embeddingShare = embeddingShares[settings.scorer];
    await embedVideo(work, videoId, run, ({ done, step }) => run.progress(done * embeddingShare, step), settings);
    await localiseVideo(
      work,
      videoId,
      run,
      ({ done, step }) => run.progress(embeddingShare + done * (1 - embeddingShare), step),
      settings,
    );
  },
};
