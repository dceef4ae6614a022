// Protects: a reader hears the latest of everything that changed, however slow it is, and stops when it is told to.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change, ChangedRows } from '#preload/contract/changes.ts';
import type { Job } from '#preload/domain/job.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { ChangeBus } from './change-bus.ts';

const job = (id: number, progress: number): Change => ({ topic: 'job', job: { id, progress } as Job });

test('the last word about every job, and every video named, arrives whenever the reader reads', async () => {
  const step = fc.oneof(
    fc.record({ job: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ video: fc.integer({ min: 1, max: 5 }) }),
    fc.constant({ read: true }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const bus = new ChangeBus();
      const stop = new AbortController();
      const stream = bus.stream(stop.signal);
      const told = new Map<number, number>();
      const heard = new Map<number, number>();
      const videosTold = new Set<number>();
      const videosHeard = new Set<number>();
      const reads: Promise<unknown>[] = [];
      const hear = ({ value }: IteratorResult<Change, void>) => {
        if (value?.topic === 'job') heard.set(value.job.id, value.job.progress);
        if (value?.topic === 'segments') for (const id of value.videoIds) videosHeard.add(id);
      };
      for (const [index, each] of steps.entries()) {
        if ('job' in each) {
          told.set(each.job, index);
          bus.publish(job(each.job, index));
        } else if ('video' in each) {
          videosTold.add(each.video);
          bus.publish({ topic: 'segments', videoIds: [each.video] });
        } else {
          reads.push(stream.next().then(hear));
          await Promise.resolve();
        }
      }
      // Enough reads to empty whatever waits; those that find nothing end with the signal.
      for (let left = 0; left < 40; left += 1) reads.push(stream.next().then(hear));
      await new Promise(setImmediate);
      stop.abort();
      await Promise.all(reads);
      expect(heard).toEqual(told);
      expect(videosHeard).toEqual(videosTold);
    }),
    { numRuns: 100 },
  );
});

test('a reader that never reads is let go before it fills the memory', async () => {
  const bus = new ChangeBus();
  const stream = bus.stream(undefined);
  for (let id = 1; id < 20_000; id += 1) bus.publish(job(id, 0));
  let heard = 0;
  for await (const change of stream) heard += change.topic === 'job' ? 1 : 0;
  expect(heard).toBeLessThan(20_000);
});

test('where all videos changed, one by name that waits with them is no less than all', async () => {
  for (const named of [
    [[], [1]],
    [[1], []],
    [[1], [2]],
  ] as const) {
    const bus = new ChangeBus();
    const stop = new AbortController();
    const stream = bus.stream(stop.signal);
    for (const videoIds of named) bus.publish({ topic: 'videos', videoIds: [...videoIds] });
    const isAll = named.some(({ length }) => length === 0);
    expect((await stream.next()).value).toEqual({ topic: 'videos', videoIds: isAll ? [] : [1, 2] });
    stop.abort();
  }
});

test('rows of edits that wait arrive together, each as it was left', async () => {
  const bus = new ChangeBus();
  const stop = new AbortController();
  const stream = bus.stream(stop.signal);
  const row = (id: number, note: string) => ({ id, note }) as Segment;
  const told = (rows: ChangedRows | undefined) =>
    bus.publish({ topic: 'segments', videoIds: [1], ...(rows && { rows }) });
  told({ removed: [], placed: [row(1, 'a'), row(2, 'a')] });
  told({ removed: [1], placed: [row(3, 'a')] });
  told({ removed: [], placed: [row(2, 'b')] });
  expect((await stream.next()).value).toMatchObject({ rows: { removed: [1], placed: [row(3, 'a'), row(2, 'b')] } });
  told({ removed: [], placed: [row(1, 'c')] });
  // Too many to say: the list is fetched.
  told(undefined);
  told({ removed: [2], placed: [] });
  expect((await stream.next()).value).not.toHaveProperty('rows');
  stop.abort();
});
