// Protects: jobs of a lane run in the order in which they were asked for, but for those about what a person looks at.
import { expect, test } from 'vitest';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { createDatabase } from './open-database.ts';

test('the oldest comes first, whether it is about a video or not; one about the video in view before all', () => {
  const { database } = createDatabase({ file: ':memory:', backupFolder: '/nowhere', appVersion: 'test' });
  const frames = Float64Array.from({ length: 101 }, (_, index) => index * 40_000);
  const [a, b] = ['a', 'b'].map((checksum, addedAt) => {
    const name = `${checksum}.mp4`;
    const place = { name, relativePath: null, absolutePath: `/${name}`, sizeBytes: 1, checksum, addedAt };
    return database.videos.insert({ ...place, facts: filmFacts(100), frames });
  });
  const { jobs } = database;
  const add = (kind: 'read-again' | 'import', videoId: number | null): number =>
    jobs.insert({ kind, title: kind, videoId, work: null }, 0);
  const first = add('read-again', a!);
  add('import', null);
  const third = add('read-again', b!);
  const next = (inView: number | null) => jobs.nextQueued(['import', 'read-again'], inView)?.id;
  expect(next(null)).toBe(first);
  expect(next(b!)).toBe(third);
  expect(next(99)).toBe(first);
});
