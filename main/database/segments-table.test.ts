// Protects: a list of segments that travels packed is, unpacked, the list that rows become.
import { expect, test } from 'vitest';
import { filmFacts } from '#preload/domain/testing/film-facts.ts';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { packSegment, unpackSegment, type PackedSegment } from '#preload/domain/packed-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { createDatabase } from './open-database.ts';

test('every kind of segment, and none of a class that was removed', () => {
  const { database } = createDatabase({ file: ':memory:', backupFolder: '/nowhere', appVersion: 'test' });
  const place = { name: 'a.mp4', relativePath: null, absolutePath: '/a.mp4', sizeBytes: 1, checksum: 'a', addedAt: 0 };
  const frames = Float64Array.from({ length: 101 }, (_, index) => index * 40_000);
  const videoId = database.videos.insert({ ...place, facts: filmFacts(100), frames });
  for (const id of [1, 2])
    database.classes.put({
      id,
      name: `class ${id}`,
      prompt: `class ${id}`,
      colour: '#e69f00',
      digitKey: null,
      position: id,
      removed: id === 2,
    });
  const drawn = drawnSegment({ id: 1, videoId, classId: 1, startUs: 80_000, endUs: 160_000 });
  const scorer = { mode: 'fused', model: 'm', version: null } as const;
  const written: Segment[] = [
    drawn,
    { ...drawn, id: 2, note: 'a "quoted" line\nand \u{1f3a5} another', annotator: 'Ana' },
    {
      ...drawn,
      id: 3,
      startUs: 40_000,
      state: 'proposed',
      score: 0.123456789,
      touched: false,
      source: { kind: 'model', model: 'a/b', version: 'zero-shot', scorer },
      ranking: [{ classId: 1, probability: 1e-7 }],
    },
    { ...drawn, id: 4, state: 'rejected', source: { kind: 'import', format: 'csv' } },
    { ...drawn, id: 5, classId: 2 },
  ];
  for (const segment of written) database.segments.put(segment);
  const rows = database.segments.ofVideo(videoId);
  expect(rows.map(({ id }) => id)).toEqual([3, 1, 2, 4]);
  const packed = JSON.parse(database.segments.textOfVideo(videoId)) as PackedSegment[];
  expect(packed.map((each) => unpackSegment(videoId, each))).toEqual(rows);
  expect(packed).toEqual(rows.map(packSegment));
  expect(database.segments.textOfVideo(99)).toBe('[]');
});
