import type { BackendClient } from '#preload/contract/contract.ts';
import { asFailure, Failure } from '#preload/domain/failure.ts';
import type { Job } from '#preload/domain/job.ts';
import { verbatim } from '#preload/domain/saying.ts';
import type { ProgressLine } from './progress-line.ts';

const hasEnded = ({ state }: Job) => state === 'done' || state === 'failed' || state === 'cancelled';

/**
 * Starts jobs and answers their rows as they ended, showing progress meanwhile. When the session is interrupted they
 * are cancelled, and this rejects once they have ended.
 */
export async function finishJobs(
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Pick<ProgressLine, 'show'> },
  client: BackendClient,
  start: () => Promise<readonly number[]>,
): Promise<readonly Job[]> {
  const over = new AbortController();
  const changes = await client.studio.changes(undefined, { signal: over.signal });
  const jobIds = await start();
  const cancel = () => void client.jobs.cancel({ jobIds: [...jobIds] });
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    const running = new Set(jobIds);
    const ended = new Map<number, Job>();
    const look = (job: Job) => {
      if (!running.has(job.id)) return;
      if (hasEnded(job)) {
        running.delete(job.id);
        ended.set(job.id, job);
      } else if (job.state === 'running') progress.show(job.title, job.progress, job.step, job.remainingS);
    };
    // Changes are heard from before the jobs began, so one that is not in the list as ended will be told of.
    for (const job of await client.jobs.list()) look(job);
    while (running.size > 0) {
      const heard = await changes.next();
      if (heard.done) break;
      if (heard.value.topic === 'job') look(heard.value.job);
    }
    signal.throwIfAborted();
    return jobIds.flatMap((id) => ended.get(id) ?? []);
  } finally {
    signal.removeEventListener('abort', cancel);
    over.abort();
    await changes.return?.(undefined);
  }
}

/** The first of the jobs that were waited for, which has to be done; fails as it failed, or as `cancelled` in these words. */
export function doneJob([job]: readonly Job[], cancelled: string): Job {
  if (job?.state === 'done') return job;
  throw job?.failure ? asFailure(job.failure) : new Failure('cancelled', verbatim(cancelled));
}

/** Waits until proposals are scored again, where what was done asked for it. */
export async function finishRescoring(
  session: { readonly signal: AbortSignal; readonly progress: Pick<ProgressLine, 'show'> },
  client: BackendClient,
): Promise<void> {
  const waiting = async () =>
    (await client.jobs.list())
      .filter(({ kind, state }) => kind === 'rescore' && (state === 'queued' || state === 'running'))
      .map(({ id }) => id);
  if ((await waiting()).length > 0) await finishJobs(session, client, waiting);
}
