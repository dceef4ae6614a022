import type { Job } from '#preload/domain/job.ts';
import { failureOf } from '../backend/failures.ts';
import { t } from '../language/language.ts';
import { said } from '../language/said.ts';

/**
 * What a change of a job's row is worth saying: a failure aloud, what came of a teaching, of reading again or of an export aloud and with its reason,
 * other finished model work quietly; anything else nothing.
 */
export type JobNews =
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'taught'; readonly what: 'prompts' | 'scorer' }
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'finished'; readonly text: string };

/** `before`: the row as last seen. The same state twice is no news. Pure. */
export function jobNews(job: Job, before: Job | undefined): JobNews | undefined {
  if (before?.state === job.state) return undefined;
  if (job.state === 'failed' && job.failure) return { kind: 'failed', text: failureOf(job.failure).message };
  const teaches = job.kind === 'tune' || job.kind === 'tune-scorer';
  if (teaches && job.state === 'cancelled')
    return { kind: 'finished', text: t('{{title}}: cancelled. What was in use stays.', { title: said(job.title) }) };
  if (job.state !== 'done') return undefined;
  if (teaches) return { kind: 'taught', what: job.kind === 'tune' ? 'prompts' : 'scorer' };
  if (job.kind === 'read-again' || job.kind === 'export')
    return { kind: 'read', text: [job.title, ...job.notes].map(said).join(': ') };
  const quiet = job.kind === 'propose' || job.kind === 'rescore';
  return quiet ? { kind: 'finished', text: [job.title, ...job.notes].map(said).join(': ') } : undefined;
}
