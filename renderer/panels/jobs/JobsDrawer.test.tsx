// The list of work: why something failed and how to go on, nothing at all, and thousands of jobs as a list of a few rows.
import { implement } from '@orpc/server';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { contract } from '#preload/contract/contract.ts';
import type { Job } from '#preload/domain/job.ts';
import { answerWith, refusal } from '../../testing/answering-backend.ts';
import { someJob } from '../../testing/rows.ts';
import { show } from '../../testing/show.tsx';
import { JobsDrawer } from './JobsDrawer.tsx';

const jobs = implement(contract.jobs);
const job = (id: number, over: Partial<Job> = {}): Job =>
  someJob(id, { title: `Add clip ${id}.mp4`, createdAt: id, ...over });
const drawer = <JobsDrawer onClose={() => undefined} />;
const rows = page.getByRole('list', { name: 'Jobs' }).getByRole('listitem');

test('jobs that cannot be asked for: the reason, and another try', async () => {
  let refuses = true;
  const list = jobs.list.handler(() => {
    if (refuses) throw refusal('unreadable-project', 'The backend does not answer.');
    return [job(1)];
  });
  answerWith({ jobs: { list } });
  await show(drawer);
  await expect.element(page.getByText('The backend does not answer.')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(rows.getByText('Add clip 1.mp4')).toBeVisible();
});

test('no jobs: a word, and nothing to cancel, retry or clear', async () => {
  answerWith({ jobs: { list: jobs.list.handler(() => []) } });
  await show(drawer);
  await expect.element(page.getByText('No jobs', { exact: true })).toBeVisible();
  for (const name of ['Cancel all', 'Retry failed', 'Clear finished'])
    await expect.element(page.getByRole('button', { name })).toBeDisabled();
});

test('what failed says why, and is queued again by itself', async () => {
  const failure = { code: 'disk-full', message: 'The disk that holds the project is full.' } as const;
  const asked: number[][] = [];
  const retry = jobs.retry.handler(({ input }) => void asked.push(input.jobIds));
  const list = jobs.list.handler(() => [job(2, { state: 'failed', failure }), job(1, { state: 'done', progress: 1 })]);
  answerWith({ jobs: { list, retry } });
  await show(drawer);
  await expect.element(rows.getByText(failure.message)).toBeVisible();
  await page.getByRole('button', { name: 'Retry: Add clip 2.mp4' }).click();
  await expect.poll(() => asked).toEqual([[2]]);
});

test('thousands of jobs: the one that runs is on top with its time left, and only those in sight are in the page', async () => {
  const running = job(1, { state: 'running', progress: 0.25, step: 'packet 5 of 20', remainingS: 90 });
  const many = Array.from({ length: 3000 }, (_, index) => job(3001 - index));
  const cancelled: number[] = [];
  const cancel = jobs.cancel.handler(({ input }) => void cancelled.push(...input.jobIds));
  answerWith({ jobs: { list: jobs.list.handler(() => [...many, running]), cancel } });
  await show(drawer);
  await expect.element(rows.first()).toHaveAttribute('aria-setsize', '3001');
  await expect.element(rows.first().getByRole('progressbar', { name: 'Add clip 1.mp4' })).toBeVisible();
  await expect.element(rows.first().getByText(/left$/)).toBeVisible();
  expect(rows.all().length).toBeLessThan(60);
  await page.getByRole('button', { name: 'Cancel all' }).click();
  await expect.poll(() => cancelled.length).toBe(3001);
});
