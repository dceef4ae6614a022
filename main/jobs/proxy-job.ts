import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '#preload/domain/saying.ts';
import type { JobType } from './job-type.ts';
import type { ProjectWork } from './project-work.ts';
import { videoOf } from './video-of-job.ts';

/** Queues the making of a playable copy where the player cannot show the file and none is made or waiting. */
export function requestProxy({ project, queue }: ProjectWork, videoId: number): void {
  const video = project.video(videoId);
  if (video.facts.browserPlayable || project.proxyOf(video) !== null) return;
  if (queue.unfinished('proxy').some((job) => job.videoId === videoId)) return;
  queue.add([{ kind: 'proxy', subject: video.name, videoId, work: null }]);
}

/** A copy that the player can show, with the same frame times, inside the project. */
export const proxyJob: JobType = {
  lane: 'copies',
  inViewFirst: true,
  title: (videoName) => say('Make {{videoName}} playable', { videoName }),
  run: async ({ project, engine }, { job, signal, progress, note }) => {
    const videoId = videoOf(job);
    const media = project.indexedMedia(videoId);
    const fileName = `${media.checksum.slice(0, 32)}.mp4`;
    const outPath = join(project.folder.proxies, fileName);
    // What an interrupted run left is no use: a container is only whole once it is closed.
    await rm(outPath, { force: true });
    const { warnings } = await engine.run(
      'proxy',
      { media, outPath },
      { signal, onProgress: ({ done, step }) => progress(done, step) },
    );
    signal.throwIfAborted();
    for (const warning of warnings) note(warning);
    project.database.transaction(() => project.database.videos.setProxy(videoId, fileName));
    project.publish({ topic: 'videos', videoIds: [videoId] });
  },
};
