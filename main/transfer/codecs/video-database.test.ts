// Protects: sets of the size and shape that benchmarks publish go in whole, row for row, and what has no length is listed.
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../random/seeded-random.ts';
import { saidRows } from '../../testing/said-rows.ts';
import { activityNetResults } from './activitynet-results.ts';
import { activityNet } from './activitynet.ts';
import { coco } from './coco.ts';
import { elan } from './elan.ts';
import { kinetics } from './kinetics.ts';
import { mmaction2Rawframes } from './mmaction2-rawframes.ts';
import { mmaction2 } from './mmaction2.ts';

type Row = readonly [video: string, label: string, startS: number, endS: number];

const random = seededRandom(14);
const hundredths = (value: number): number => Math.round(value * 100) / 100;
/** Some thousand rows over 200 videos, a video's together; every 50th has no length, as a few of THUMOS’14's have none. */
const drawn: readonly Row[] = Array.from({ length: 200 }, (_, video) =>
  Array.from({ length: 1 + random.below(30) }, (): Row => {
    const startS = hundredths(random.between(0, 200));
    const lengthS = random.below(50) === 0 ? 0 : random.between(0.5, 20);
    return [
      `video_validation_${video}`,
      random.pick(['HighJump', 'Diving', '跳高']),
      startS,
      hundredths(startS + lengthS),
    ];
  }),
).flat();
const possible = drawn.filter(([, , startS, endS]) => endS > startS);

const byVideo = <Value>(valueOf: (rows: readonly Row[]) => Value): Record<string, Value> =>
  Object.fromEntries([...Map.groupBy(drawn, ([video]) => video)].map(([video, rows]) => [video, valueOf(rows)]));

describe.each([
  [
    activityNet,
    {
      version: 'VERSION 1.3',
      taxonomy: [{ nodeId: 1, nodeName: 'Diving', parentId: null, parentName: null }],
      database: byVideo((rows) => ({
        subset: 'training',
        duration: 269,
        url: '',
        annotations: rows.map(([, label, ...segment]) => ({ segment, label })),
      })),
    },
  ],
  [
    // Its times are words.
    mmaction2,
    byVideo((rows) => ({
      duration_second: 269,
      duration_frame: 2690,
      feature_frame: 2688,
      annotations: rows.map(([, label, ...segment]) => ({ segment: segment.map(String), label })),
    })),
  ],
  [
    activityNetResults,
    {
      version: 'THUMOS14',
      results: byVideo((rows) => rows.map(([, label, ...segment]) => ({ segment, label, score: 0.5 }))),
      external_data: { used: false },
    },
  ],
])('$id', (format, document) => {
  test('takes every row that can be, and lists the others', () => {
    const read = format.read!(JSON.stringify(document), 'set.json');
    expect(saidRows(read)).toEqual(possible);
    expect(read.faults).toHaveLength(drawn.length - possible.length);
    expect(read.faults.length).toBeGreaterThan(10);
  });
});

test('Kinetics’ JSON has one annotation a video, without a list around it', () => {
  const clips = { 3: { annotations: { label: 'run', segment: [0, 2] }, duration: 2, subset: 'train', url: '' } };
  expect(saidRows(kinetics.read!(JSON.stringify(clips), 'train.json'))).toEqual([['3', 'run', 0, 2]]);
});

test.each([
  [coco, '{"info": [], "profile": {"name": "ingest"}}', /is not a COCO-style file/u],
  [mmaction2Rawframes, 'brush_hair\ncartwheel\ncatch\n', /is not an MMAction2 list/u],
  [elan, '<?xml version="1.0"?><xsd:schema xmlns:xsd="x"/>', /its root is not ANNOTATION_DOCUMENT/u],
])('$id refuses a neighbour of its files, which has no time', (format, text, reason) => {
  expect(() => format.read!(text, 'x')).toThrow(reason);
});
