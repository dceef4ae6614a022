// Whoever labels on single pictures is told why, how long it will last, and what there is to do where it will not end.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { Job } from '#preload/domain/job.ts';
import { answerWith } from '../../testing/answering-backend.ts';
import { someJob, someVideos } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { ProxyProgress } from './ProxyProgress.tsx';

const jobs = implement(contract.jobs);
const [video] = someVideos(1);
const showWith = async (job: Partial<Job>): Promise<number[][]> => {
  const retried: number[][] = [];
  answerWith({
    jobs: {
      list: jobs.list.handler(() => [someJob(7, { kind: 'proxy', videoId: 1, ...job })]),
      retry: jobs.retry.handler(({ input }) => void retried.push(input.jobIds)),
    },
  });
  await show(<ProxyProgress video={video!} />);
  return retried;
};

test('a copy that is being made says how far it has come', async () => {
  await showWith({ state: 'running', progress: 0.45, remainingS: 130 });
  await expect.element(page.getByText(/45 %, .*left/)).toBeVisible();
  await expect
    .element(page.getByRole('progressbar', { name: 'Making a playable copy' }))
    .toHaveAttribute('aria-valuenow', '45');
});

test('one that waits says so', async () => {
  await showWith({ state: 'queued' });
  await expect.element(page.getByText(/waiting for its turn/)).toBeVisible();
});

test('one that failed says why, and can be made again', async () => {
  const retried = await showWith({ state: 'failed', failure: { code: 'disk-full', message: 'The disk is full.' } });
  await expect.element(page.getByText(/there is no playable copy\. The disk is full\./)).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => retried).toEqual([[7]]);
});
