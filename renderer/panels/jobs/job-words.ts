import type { Job } from '#preload/domain/job.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { percent } from '../../ui/quantities.ts';

export const isActive = (job: Job): boolean => job.state === 'queued' || job.state === 'running';

/** All jobs in one line: how many are active and how far they are together, and how many failed. Pure. */
export function jobsSummary(jobs: readonly Job[]): {
  readonly text: string;
  readonly active: number;
  readonly failed: number;
  readonly progress: number;
} {
  const activeJobs = jobs.filter(isActive);
  const active = activeJobs.length;
  const failed = jobs.filter((job) => job.state === 'failed').length;
  const progress = active === 0 ? 1 : activeJobs.reduce((sum, job) => sum + job.progress, 0) / active;
  const alsoFailed = failed > 0 ? ` ${t('· {{failed}} failed', { failed })}` : '';
  const text =
    active > 0
      ? `${counted(active, 'job')} · ${percent(Math.floor(progress * 100) / 100)}${alsoFailed}`
      : failed > 0
        ? t('{{jobs}} failed', { jobs: counted(failed, 'job') })
        : t('No jobs running');
  return { text, active, failed, progress };
}

const rank: Record<Job['state'], number> = { running: 0, queued: 1, failed: 2, cancelled: 3, done: 4 };

/** What runs first, then what waits (oldest first), what failed, and what is over (newest first). Pure. */
export const arrangeJobs = (jobs: readonly Job[]): Job[] =>
  [...jobs].sort((a, b) => rank[a.state] - rank[b.state] || (isActive(a) ? a.id - b.id : b.id - a.id));

export const stateWords: Record<Job['state'], string> = {
  queued: t('waiting'),
  running: t('running'),
  done: t('done'),
  failed: t('failed'),
  cancelled: t('cancelled'),
};
