import type { Job } from '#preload/domain/job.ts';

/** What a change of a job's row is worth saying: a failure aloud, finished model work quietly; anything else nothing. */
export type JobNews =
  { readonly kind: 'failed'; readonly text: string } | { readonly kind: 'finished'; readonly text: string };

/** `before`: the row as last seen. The same state twice is no news. Pure. */
export function jobNews(job: Job, before: Job | undefined): JobNews | undefined {
  if (before?.state === job.state) return undefined;
  if (job.state === 'failed' && job.failure) return { kind: 'failed', text: job.failure.message };
  const quiet = job.kind === 'propose' || job.kind === 'rescore' || job.kind === 'tune';
  if (job.state === 'done' && quiet) return { kind: 'finished', text: [job.title, ...job.notes].join(': ') };
  return undefined;
}
