// Protects: counts that are kept as rows come and go are those that counting all rows anew gives, whatever was done.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { createDatabase } from './open-database.ts';
import type { ProjectDatabase } from './project-database.ts';

const threshold = 0.5;
const classIds = [1, 2, 3];

function projectOfTwoVideos(): ProjectDatabase {
  const { database } = createDatabase({ file: ':memory:', backupFolder: '/nowhere', appVersion: 'test' });
  const frames = Float64Array.from({ length: 101 }, (_, index) => index * 40_000);
  for (const name of ['a', 'b'])
    database.videos.insert({
      name,
      checksum: name,
      relativePath: null,
      absolutePath: `/${name}`,
      sizeBytes: 1,
      addedAt: 0,
      facts: filmFacts(100),
      frames,
    });
  for (const id of classIds) setClass(database, id, false);
  return database;
}

const setClass = (database: ProjectDatabase, id: number, removed: boolean): void =>
  database.classes.put({
    id,
    name: `class ${id}`,
    prompt: '',
    colour: '#e69f00',
    digitKey: null,
    position: id,
    removed,
  });

const segments = fc
  .record({
    id: fc.integer({ min: 1, max: 6 }),
    videoId: fc.constantFrom(1, 2),
    classId: fc.constantFrom(...classIds),
    state: fc.constantFrom<Segment['state']>('proposed', 'accepted', 'rejected'),
    score: fc.option(fc.constantFrom(0.1, 0.5, 0.9)),
  })
  .map((over): Segment => ({ ...drawnSegment({ ...over, startUs: 0, endUs: 40_000 }), ...over }));

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: segments.map((segment) => ({ do: 'put' as const, segment })) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 6 }).map((id) => ({ do: 'drop' as const, id })) },
    { weight: 1, arbitrary: segments.map((segment) => ({ do: 'take back' as const, segment })) },
    fc.record({ do: fc.constant('class' as const), id: fc.constantFrom(...classIds), removed: fc.boolean() }),
    fc.record({ do: fc.constant('video' as const), id: fc.constantFrom(1, 2), removed: fc.boolean() }),
    fc.record({ do: fc.constant('count' as const), from: fc.constantFrom(0, threshold) }),
  ),
  { maxLength: 30 },
);

test('after any edits, of any order, and edits that failed', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const database = projectOfTwoVideos();
      for (const step of all) {
        if (step.do === 'put') database.transaction(() => database.segments.put(step.segment));
        else if (step.do === 'drop') database.segments.drop(step.id);
        else if (step.do === 'class') setClass(database, step.id, step.removed);
        else if (step.do === 'video') database.videos.setRemoved(step.id, step.removed);
        else if (step.do === 'count') database.segments.counts(step.from);
        else
          expect(() =>
            database.transaction(() => {
              database.segments.put(step.segment);
              throw new Error('the disk is full');
            }),
          ).toThrow('full');
      }
      const kept = database.segments.counts(threshold);
      const told = [kept.byVideo(), kept.byClass(), kept.open(null, null), kept.open(1, 2)];
      const inSight = [1, 2].flatMap((videoId) =>
        database.videos.get(videoId)!.removed ? [] : database.segments.ofVideo(videoId),
      );
      const isOpen = ({ state, score }: Segment): boolean =>
        state === 'proposed' && (score === null || score >= threshold);
      for (const videoId of [1, 2]) {
        const own = inSight.filter((segment) => segment.videoId === videoId);
        const counted = (state: Segment['state']): number => own.filter((segment) => segment.state === state).length;
        expect(kept.ofVideo(videoId)).toEqual({
          proposed: counted('proposed'),
          accepted: counted('accepted'),
          rejected: counted('rejected'),
          open: own.filter(isOpen).length,
        });
      }
      expect(kept.open(null, null)).toBe(inSight.filter(isOpen).length);
      database.segments.forgetCounts();
      const anew = database.segments.counts(threshold);
      type Counts = ReturnType<typeof anew.ofVideo>;
      const filled = (counts: unknown): unknown =>
        counts instanceof Map
          ? new Map([...counts].filter(([, each]) => Object.values(each as Counts).some(Boolean)))
          : counts;
      expect(told.map(filled)).toEqual(
        [anew.byVideo(), anew.byClass(), anew.open(null, null), anew.open(1, 2)].map(filled),
      );
    }),
    { numRuns: 60 },
  );
});
