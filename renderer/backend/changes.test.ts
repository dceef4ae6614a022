// Freshness: each change makes old exactly what it touched, five hundred of them do not mean five hundred fetches.
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Job } from '#preload/domain/job.ts';
import { someJob } from '../testing/rows.ts';
import { api, queries } from './client.ts';
import {
  acceptJobs,
  beginAnewWithAnotherProject,
  fetchAnew,
  gatherJobs,
  placeJobs,
  staleKeys,
  throttlePerKey,
} from './changes.ts';

const exportPreview = api.transfer.preview.queryKey({
  input: { format: 'csv', states: ['accepted'], videoIds: null, minimumScore: 0, formatOptions: {} },
});

const importPreview = api.transfer.previewImport.queryKey({
  input: { format: 'csv', place: 'the file', choices: {} },
});

const job = (id: number, state: Job['state'] = 'queued'): Job => someJob(id, { state });

describe('what a change makes old', () => {
  beforeEach(() => {
    for (const videoId of [1, 2]) queries.setQueryData(api.segments.list.queryKey({ input: { videoId } }), []);
    queries.setQueryData(api.segments.queue.queryKey({ input: {} }), { total: 0, segments: [] });
    queries.setQueryData(api.studio.settings.queryKey(), {
      theme: 'dark',
      density: 'comfortable',
      motion: 'system',
      pointers: 'system',
      language: 'system',
      provider: 'auto',
      bestBatch: null,
      server: null,
      tourSeen: false,
      newProjectModel: null,
      annotator: '',
      updates: 'off',
      downloadUpdates: false,
    });
  });
  afterEach(() => queries.clear());

  const isOld = (key: readonly unknown[]): boolean => queries.getQueryState([...key])?.isInvalidated ?? false;

  test('segments of one video: its list and the queue, not the other video', async () => {
    await Promise.all(
      staleKeys({ topic: 'segments', videoIds: [1] }).map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
    expect(isOld(api.segments.list.queryKey({ input: { videoId: 1 } }))).toBe(true);
    expect(isOld(api.segments.list.queryKey({ input: { videoId: 2 } }))).toBe(false);
    expect(isOld(api.segments.queue.queryKey({ input: {} }))).toBe(true);
    expect(isOld(api.studio.settings.queryKey())).toBe(false);
  });

  test.each([
    ['segments', api.segments.subjects.queryKey()],
    ['segments', api.classes.examples.queryKey({ input: { classId: 1 } })],
    ['videos', api.projects.storedSizes.queryKey()],
    ['classes', exportPreview],
    ['videos', exportPreview],
    ['attributes', exportPreview],
    ['classes', importPreview],
    ['videos', importPreview],
    ['segments', importPreview],
  ] as const)('%s: also what is told of them elsewhere, %o', async (topic, key) => {
    queries.setQueryData(key, [] as never);
    await Promise.all(
      staleKeys({ topic, videoIds: [1], rows: undefined }).map((queryKey) => queries.invalidateQueries({ queryKey })),
    );
    expect(isOld(key)).toBe(true);
  });

  test('a job carries itself', () => expect(staleKeys({ topic: 'job', job: job(1) })).toEqual([]));
});

test('jobs take their own places in the list, or the first ones', () => {
  const list = [job(3), job(1)];
  const placed = placeJobs(list, [job(1, 'running'), job(4), job(5)]);
  expect(placed.map(({ id, state }) => [id, state])).toEqual([
    [5, 'queued'],
    [4, 'queued'],
    [3, 'queued'],
    [1, 'running'],
  ]);
});

test.each([['the first'], ['a later']])(
  '%s list of jobs that was written before one ended, and comes after its end was told, does not bring it back',
  async (which) => {
    const queryKey = api.jobs.list.queryKey();
    if (which === 'a later') queries.setQueryData(queryKey, [job(1)]);
    const answers = [Promise.withResolvers<Job[]>(), Promise.withResolvers<Job[]>()];
    let asked = 0;
    const observer = new QueryObserver(queries, {
      queryKey,
      staleTime: 0,
      queryFn: () => answers[asked++]!.promise,
    });
    const stop = observer.subscribe(() => undefined);
    try {
      await vi.waitFor(() => expect(asked).toBe(1));
      acceptJobs(
        [job(1, 'done')],
        () => undefined,
        (key) => void fetchAnew(key),
      );
      answers[0]!.resolve([job(1, 'running')]);
      await vi.waitFor(() => expect(asked).toBe(2));
      answers[1]!.resolve([job(1, 'done')]);
      await vi.waitFor(() => expect(queries.getQueryData(queryKey)).toEqual([job(1, 'done')]));
    } finally {
      stop();
      queries.clear();
    }
  },
);

describe('a storm of changes', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('of jobs is handed on at once, then all that gathered, of each job the newest', async () => {
    const handed: Job[][] = [];
    const gather = gatherJobs((rows) => handed.push([...rows]), 100);
    gather(job(1));
    for (let id = 2; id <= 500; id += 1) gather(job(id));
    gather(job(2, 'running'));
    expect(handed).toEqual([[job(1)]]);
    await vi.advanceTimersByTimeAsync(100);
    expect(handed[1]).toHaveLength(499);
    expect(handed[1]![0]).toEqual(job(2, 'running'));
    await vi.advanceTimersByTimeAsync(1_000);
    gather(job(3, 'done'));
    expect(handed[2]).toEqual([job(3, 'done')]);
  });

  test('fetches at once, then once a rest, and never forgets the last', async () => {
    const fetched: string[] = [];
    const refetch = throttlePerKey(async (key) => fetched.push(key.join()), 250);
    for (let count = 0; count < 500; count += 1) refetch(['videos']);
    refetch(['classes']);
    expect(fetched).toEqual(['videos', 'classes']);
    await vi.advanceTimersByTimeAsync(250);
    expect(fetched).toEqual(['videos', 'classes', 'videos']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(fetched).toHaveLength(3);
    refetch(['videos']);
    expect(fetched).toHaveLength(4);
  });

  test('rests longer after answers that took long, and goes on after one that failed', async () => {
    let count = 0;
    const refetch = throttlePerKey(async () => {
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, 400));
      throw new Error('refused');
    }, 250);
    refetch(['videos']);
    refetch(['videos']);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(count).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(count).toBe(2);
  });
});

describe('the page begins anew', () => {
  const show = (location: string | null) =>
    queries.setQueryData(api.studio.state.queryKey(), {
      version: '0',
      project: location === null ? null : { location },
    } as never);
  const begin = vi.fn<() => void>();
  let end: () => void;
  beforeEach(() => {
    begin.mockClear();
    end = beginAnewWithAnotherProject(begin);
  });
  afterEach(() => {
    end();
    queries.clear();
    expect(begin.mock.calls.length, 'not because queries are forgotten').toBeLessThan(2);
  });

  test('once the project that it showed is closed, whoever hears of it first', () => {
    show('/a');
    show('/a');
    expect(begin).not.toHaveBeenCalled();
    show(null);
    expect(begin).toHaveBeenCalledTimes(1);
  });

  test('once another project is open', () => {
    show('/a');
    show('/b');
    expect(begin).toHaveBeenCalledTimes(1);
  });

  test('but not for the first project', () => {
    show(null);
    show('/a');
    expect(begin).not.toHaveBeenCalled();
  });
});
