// Jobs speak only when there is something to say.
import { expect, test } from 'vitest';
import type { Job } from '#preload/domain/job.ts';
import { someJob } from '../testing/rows.ts';
import { jobNews } from './job-news.ts';
import { outcomeWords } from './tell-of-teaching.ts';

const job = (over: Partial<Job>): Job =>
  someJob(1, { kind: 'propose', title: 'Propose in a.mp4', videoId: 1, state: 'running', progress: 0.5, ...over });

test('progress is no news', () => expect(jobNews(job({ progress: 0.6 }), job({}))).toBeUndefined());

test('a failure is told in its own sentence, once', () => {
  const failed = job({ state: 'failed', failure: { code: 'disk-full', message: 'The disk is full.' } });
  expect(jobNews(failed, job({}))).toEqual({ kind: 'failed', text: 'The disk is full.' });
  expect(jobNews(failed, failed)).toBeUndefined();
});

test('finished model work is told quietly with what it found; a finished import is not', () => {
  const done = job({ state: 'done', notes: ['12 proposals'] });
  expect(jobNews(done, job({}))).toEqual({ kind: 'finished', text: 'Propose in a.mp4: 12 proposals' });
  expect(jobNews({ ...done, kind: 'import' }, job({}))).toBeUndefined();
});

test('a video that was read otherwise is told of aloud', () => {
  const before = job({ kind: 'read-again', videoId: 3 });
  const done = job({ kind: 'read-again', state: 'done', title: 'Read a.avi again', videoId: 4, notes: ['1 label'] });
  expect(jobNews(done, before)).toEqual({ kind: 'read', text: 'Read a.avi again: 1 label' });
});

test('a teaching that ended is told aloud, once; one that was cancelled quietly', () => {
  const done = job({ kind: 'tune', state: 'done' });
  expect(jobNews(done, job({ kind: 'tune' }))).toEqual({ kind: 'taught', what: 'prompts' });
  expect(jobNews({ ...done, kind: 'tune-scorer' }, job({}))).toEqual({ kind: 'taught', what: 'scorer' });
  expect(jobNews(done, done)).toBeUndefined();
  expect(jobNews({ ...done, state: 'cancelled', title: 'Learn' }, job({}))).toEqual({
    kind: 'finished',
    text: 'Learn: cancelled. What was in use stays.',
  });
});

test('what came of a teaching says whether it is used, and why', () => {
  const version = { name: 'Version 2', reason: 'It is right less often.' };
  expect(outcomeWords({ ...version, live: true })).toBe('Version 2 is in use now. It is right less often.');
  expect(outcomeWords({ ...version, live: false })).toMatch(/^Version 2 is not in use: .*less often\.$/);
});
