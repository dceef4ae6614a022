// Protects: before an export it is told what of the segments the format keeps, and what of them it loses, counted.
import { expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Attribute } from '#preload/domain/attribute.ts';
import { drawnSet } from '../testing/drawn-set.ts';
import { formats } from './formats.ts';
import { aspectsOfExport } from './leaves-out.ts';

const attribute = (id: number, name: string): Attribute => ({
  id,
  name,
  kind: 'text',
  options: [],
  required: false,
  classIds: id === 3 ? [2] : null,
  position: id,
  removed: false,
});
const bare = (id: number) => drawnSegment({ id, videoId: 1, classId: 1, startUs: id * 1000, endUs: id * 1000 + 500 });
const set = (segments: Parameters<typeof drawnSet>[0]['segments']) =>
  drawnSet({
    videos: [],
    labels: ['run', 'jump'],
    segments,
    attributes: [attribute(1, 'hand'), attribute(2, 'shoes'), attribute(3, 'height')],
  });
const formatOf = (id: string) => formats.find((one) => one.id === id)!;

const rich = set([
  { ...bare(1), score: null, note: '', subject: 'Anna', attributes: { 1: 'left', 3: 'of another class' } },
  { ...bare(2), score: null, note: 'sure', subject: 'Ben', ambiguous: true, attributes: { 2: 'red' } },
]);

test.each([
  [
    'srt',
    [
      { aspect: 'notes', count: 1 },
      { aspect: 'subjects', count: 2 },
      { aspect: 'ambiguous', count: 1 },
      { aspect: 'attributes', count: 2 },
    ],
  ],
  [
    'boris-aggregated',
    [
      { aspect: 'ambiguous', count: 1 },
      { aspect: 'attributes', count: 2 },
    ],
  ],
  ['elan', [{ aspect: 'notes', count: 1 }]],
  ['via3', [{ aspect: 'notes', count: 1 }]],
  ['coco', []],
])('%s', (id, expected) => {
  const { keeps, leavesOut } = aspectsOfExport(formatOf(id), rich);
  expect(leavesOut).toEqual(expected);
  for (const { aspect } of leavesOut) expect(keeps).not.toContain(aspect);
});

test('states are lost where there are several, points where a class is of points', () => {
  const { classes, ...rest } = set([{ ...bare(1), state: 'rejected' }, bare(2)]);
  const points = { ...rest, classes: classes.map((one) => ({ ...one, kind: 'point' as const })) };
  const { leavesOut } = aspectsOfExport(formatOf('srt'), points);
  expect(leavesOut.map(({ aspect }) => aspect)).toEqual(['states', 'points']);
  expect(aspectsOfExport(formatOf('srt'), set([{ ...bare(1) }])).leavesOut).toEqual([]);
});
