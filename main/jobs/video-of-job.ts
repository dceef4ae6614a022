import { Failure } from '#preload/domain/failure.ts';
import type { Job } from '#preload/domain/job.ts';
import { say } from '#preload/domain/saying.ts';

/** The video that a job is about, of a kind that is about one. */
export function videoOf({ id, videoId }: Pick<Job, 'id' | 'videoId'>): number {
  if (videoId === null) throw new Failure('internal', say('Job {{id}} names no video.', { id: String(id) }));
  return videoId;
}
