// The library shows what was asked for, in a stable order.
import { describe, expect, test } from 'vitest';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import type { Job } from '#preload/domain/job.ts';
import { shownFactsOf } from '#preload/domain/shown-facts.ts';
import type { Video } from '#preload/domain/video.ts';
import { someJob } from '../../testing/rows.ts';
import { importSummary } from './import-summary.ts';
import { arrangeVideos } from './shown-videos.ts';
import { videoProblem } from './video-problem.ts';

const video = (
  id: number,
  name: string,
  over: Partial<Video> & { seconds?: number; damagedPackets?: number } = {},
): Video => ({
  id,
  name,
  location: `/data/${name}`,
  facts: shownFactsOf(filmFacts(25 * (over.seconds ?? 1), { damagedPackets: over.damagedPackets ?? 0 })),
  missing: over.missing ?? false,
  playback: 'direct',
  embedded: false,
  counts: over.counts ?? { proposed: 0, open: 0, accepted: 0, rejected: 0 },
  reviewedShare: over.reviewedShare ?? 0,
  split: null,
  addedAt: id,
});
const videos = [
  video(1, 'b10.mp4', { seconds: 5, counts: { proposed: 4, open: 3, accepted: 0, rejected: 0 } }),
  video(2, 'b2.mp4', { seconds: 9, reviewedShare: 1 }),
  video(3, 'Aé.mp4', { missing: true }),
];
const ids = (view: Partial<Parameters<typeof arrangeVideos>[1]>) =>
  arrangeVideos(videos, { text: '', filter: 'all', order: 'added', ...view }).map(({ id }) => id);

describe('filter and order', () => {
  test.each([
    [{}, [1, 2, 3]],
    [{ order: 'name' }, [3, 2, 1]],
    [{ order: 'duration' }, [2, 1, 3]],
    [{ order: 'proposals' }, [1, 2, 3]],
    [{ order: 'reviewed' }, [1, 3, 2]],
    [{ filter: 'proposed' }, [1]],
    [{ filter: 'unreviewed' }, [1, 3]],
    [{ filter: 'problems' }, [3]],
    [{ text: ' B1' }, [1]],
  ] as const)('%j', (view, expected) => expect(ids(view)).toEqual(expected));
});

test('a missing file is said before damage', () => {
  expect(videoProblem(video(1, 'a', { missing: true, damagedPackets: 2 }))?.text).toBe('file is missing');
  expect(videoProblem(video(1, 'a', { damagedPackets: 1 }))?.text).toBe('1 damaged packet');
  expect(videoProblem(video(1, 'a'))).toBeUndefined();
});

test('a copy that failed is not one that is being made', () => {
  const waiting: Video = { ...video(1, 'a'), playback: 'proxy-pending' };
  expect(videoProblem(waiting)?.text).toBe('preview being made');
  expect(videoProblem(waiting, someJob(1, { kind: 'proxy', state: 'running' }))?.text).toBe('preview being made');
  const failure = { code: 'disk-full', message: 'The disk is full.' } as const;
  const failed = videoProblem(waiting, someJob(1, { kind: 'proxy', state: 'failed', failure }));
  expect(failed?.text).toBe('no preview');
  expect(failed?.detail).toMatch(/^The disk is full\./);
});

test('five hundred imports are one line', () => {
  const job = (id: number, state: Job['state']): Job => ({
    id,
    kind: 'import',
    title: `Add ${id}.mp4`,
    videoId: null,
    state,
    progress: state === 'running' ? 0.5 : 0,
    step: '',
    remainingS: null,
    failure: null,
    notes: [],
    createdAt: 10_000,
    finishedAt: null,
  });
  expect(importSummary([job(1, 'done')])).toBeUndefined();
  expect(importSummary([job(1, 'running')])).toEqual({ text: 'Add 1.mp4', progress: 0.5 });
  const many = Array.from({ length: 500 }, (_, index) =>
    job(index, index < 99 ? 'done' : index < 100 ? 'failed' : 'queued'),
  );
  expect(importSummary(many)).toEqual({ text: 'Adding 500 videos: 99 done, 1 failed', progress: 0.2 });
});
