import type { Job } from '#preload/domain/job.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';

/**
 * Imports under way in one line with their progress in [0, 1]; undefined while there are none. What was asked for
 * together was queued together, at one moment: imports of other moments that are over have no part in it. Pure.
 */
export function importSummary(jobs: readonly Job[]): { readonly text: string; readonly progress: number } | undefined {
  const imports = jobs.filter((job) => job.kind === 'import');
  const active = imports.filter((job) => job.state === 'queued' || job.state === 'running');
  if (active.length === 0) return undefined;
  const moments = new Set(active.map((job) => job.createdAt));
  const batch = imports.filter((job) => moments.has(job.createdAt));
  const finished = batch.filter((job) => job.state === 'done').length;
  const failed = batch.filter((job) => job.state === 'failed').length;
  const running = active.reduce((sum, job) => sum + job.progress, 0);
  const text =
    batch.length === 1
      ? said(batch[0]!.title)
      : failed > 0
        ? t('Adding {{batch}} videos: {{finished}} done, {{failed}} failed', { batch: batch.length, finished, failed })
        : t('Adding {{batch}} videos: {{finished}} done', { batch: batch.length, finished });
  return { text, progress: (batch.length - active.length + running) / batch.length };
}
