// Protects: whoever lays what is told over the rows that they know has the rows of the store, whatever people, model runs and
// undo did, and however late they hear of it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '#preload/contract/changes.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { changesOfEdit } from '../project/changes-of-edit.ts';
import { toldCounts } from '../project/told-counts.ts';
import { World, anyCommand, beginning, propose, videoIds } from '../testing/drawn-edits.ts';
import { ChangeBus } from './change-bus.ts';

const threshold = 0.1;

/** Ten places of a video, each found with a score that differs a little from run to run. */
const run = fc.record({
  video: fc.constantFrom(...videoIds),
  found: fc.uniqueArray(fc.nat(9)),
  scores: fc.array(fc.double({ min: 0.5, max: 0.503, noNaN: true }), { minLength: 10, maxLength: 10 }),
});
const step = fc.oneof(
  { weight: 4, arbitrary: anyCommand.map((command) => ({ command })) },
  { weight: 4, arbitrary: run.map((modelRun) => ({ modelRun })) },
  { weight: 2, arbitrary: fc.constant({ undo: true }) },
  { weight: 1, arbitrary: fc.constant({ redo: true }) },
  { weight: 3, arbitrary: fc.constant({ read: true }) },
);

test('rows that are told make the lists that the store has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const bus = new ChangeBus();
      const world: World = new World((edit) => {
        const changes = changesOfEdit(edit, {
          allVideoIds: () => world.database.videos.present().map(({ id }) => id),
          countsOf: (of) => toldCounts(world.database, threshold, of),
        });
        for (const change of changes) bus.publish(change);
      });
      const listOf = (videoId: number) =>
        new Map(world.database.segments.ofVideo(videoId).map((row): [number, Segment] => [row.id, row]));
      const known = new Map(videoIds.map((id) => [id, listOf(id)]));
      const hear = (change: Change): void => {
        if (change.topic !== 'segments') return;
        for (const id of change.videoIds) {
          if (change.rows === undefined) {
            known.set(id, listOf(id));
            continue;
          }
          const list = known.get(id)!;
          for (const gone of change.rows.removed) list.delete(gone);
          for (const row of change.rows.placed) if (row.videoId === id) list.set(row.id, row);
        }
      };
      const stop = new AbortController();
      const stream = bus.stream(stop.signal);
      const next = () => stream.next().then(({ value }) => value && hear(value));
      const reads: Promise<unknown>[] = [];
      for (const each of beginning) world.run(each);
      for (const each of steps) {
        if ('command' in each) world.run(each.command);
        else if ('modelRun' in each) found(world, each.modelRun);
        else if ('undo' in each && world.log.state().undo !== null) world.log.undo();
        else if ('redo' in each && world.log.state().redo !== null) world.log.redo();
        else if ('read' in each) {
          reads.push(next());
          await new Promise(setImmediate);
        }
      }
      // Enough for whatever waits; those that find nothing end with the signal.
      for (let left = 0; left < 20; left += 1) reads.push(next());
      await new Promise(setImmediate);
      stop.abort();
      await Promise.all(reads);
      for (const id of world.database.videos.present().map((video) => video.id))
        expect([...known.get(id)!.values()].sort((a, b) => a.id - b.id)).toEqual(
          [...listOf(id).values()].sort((a, b) => a.id - b.id),
        );
    }),
    { numRuns: 60 },
  );
});

function found(
  world: World,
  { video, found: places, scores }: { video: number; found: number[]; scores: number[] },
): void {
  const [first] = world.classes;
  if (first === undefined) return;
  propose(
    world,
    video,
    places.map((place) => ({
      classId: first.id,
      startUs: place * 1_000_000,
      endUs: place * 1_000_000 + 800_000,
      score: scores[place]!,
      ranking: [{ classId: first.id, probability: scores[place]! }],
    })),
  );
}
