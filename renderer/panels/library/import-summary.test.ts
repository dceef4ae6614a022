// What is said of imports counts those that were asked for together, and no others.
import { expect, test } from 'vitest';
import type { Job } from '#preload/domain/job.ts';
import { someJob } from '../../testing/rows.ts';
import { importSummary } from './import-summary.ts';

const job = (id: number, createdAt: number, state: Job['state'], over: Partial<Job> = {}): Job =>
  someJob(id, { title: `Add ${id}.mp4`, state, createdAt, ...over });

test('nothing under way, nothing to say', () =>
  expect(importSummary([job(1, 0, 'done'), job(2, 0, 'queued', { kind: 'propose' })])).toBeUndefined());

test('one video by its name', () =>
  expect(importSummary([job(1, 5, 'running', { progress: 0.25 })])).toEqual({ text: 'Add 1.mp4', progress: 0.25 }));

test('a moment before, another video came in: it is not one of these', () => {
  const before = [job(1, 900, 'done'), job(2, 999, 'failed')];
  const batch = Array.from({ length: 500 }, (_, index) => job(3 + index, 1_000, index < 100 ? 'done' : 'queued'));
  expect(importSummary([...before, ...batch])).toEqual({ text: 'Adding 500 videos: 100 done', progress: 0.2 });
});

test('an old one tried again belongs to its own batch, not to all that came since', () =>
  expect(importSummary([job(1, 0, 'running'), job(2, 0, 'done'), job(3, 50, 'done'), job(4, 50, 'failed')])?.text).toBe(
    'Adding 2 videos: 1 done',
  ));

test('two batches under way are told of together', () =>
  expect(importSummary([job(1, 0, 'queued'), job(2, 50, 'failed'), job(3, 50, 'queued')])?.text).toBe(
    'Adding 3 videos: 0 done, 1 failed',
  ));
