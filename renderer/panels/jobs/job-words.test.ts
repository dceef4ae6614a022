// Jobs in one line, and in an order in which nothing that runs is out of sight.
import { expect, test } from 'vitest';
import type { Job } from '#preload/domain/job.ts';
import { someJob } from '../../testing/rows.ts';
import { arrangeJobs, jobsSummary } from './job-words.ts';

const job = (id: number, state: Job['state'], progress = 0): Job => someJob(id, { kind: 'embed', state, progress });

test('what runs is first, then what waits in its turn, then what failed, newest first', () => {
  const jobs = [
    job(6, 'done'),
    job(5, 'queued'),
    job(4, 'queued'),
    job(3, 'failed'),
    job(2, 'running'),
    job(1, 'failed'),
  ];
  expect(arrangeJobs(jobs).map(({ id }) => id)).toEqual([2, 4, 5, 3, 1, 6]);
});

test.each([
  [[], 'No jobs running'],
  [[job(1, 'done')], 'No jobs running'],
  [[job(1, 'running', 0.5)], '1 job · 50 %'],
  [[job(1, 'running', 0.5), job(2, 'queued'), job(3, 'failed')], '2 jobs · 25 % · 1 failed'],
  [[job(1, 'failed')], '1 job failed'],
])('%#', (jobs, text) => expect(jobsSummary(jobs).text).toBe(text));
