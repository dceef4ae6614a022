// Protects: what was measured is read as it was written, and a damaged file is said to be one.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readMeasurements, writeMeasurements } from './measurement-file.ts';
import type { Measurement } from './measurement.ts';

const measurement: Measurement = {
  on: 'test',
  measuredAt: 5,
  question: 'q',
  editId: 3,
  model: 'starter-model',
  notes: ['one is left out'],
  classIds: [4, 2],
  videos: [
    {
      videoId: 9,
      occurrences: [{ classId: 2, startUs: 10, endUs: 20, segmentId: 7 }],
      proposals: [{ classId: 4, startUs: -5, endUs: 20, score: 0.25 }],
    },
  ],
  precision: {
    map: [0, 0.1, 0.2, 0.3, 0.4],
    averageMap: { value: 0.2, low: null, high: null },
    classes: [
      { classId: 4, perTIoU: null, average: null },
      { classId: 2, perTIoU: [0, 0.1, 0.2, 0.3, 0.4], average: { value: 0.2, low: 0.1, high: 0.3 } },
    ],
  },
};

test('comes back as it was written', async () => {
  const file = path.join(temporaryFolder(), 'quality.json');
  expect(readMeasurements(file)).toEqual(new Map());
  await writeMeasurements(file, new Map([['test', measurement]]));
  expect(readMeasurements(file)).toEqual(new Map([['test', measurement]]));
});

test.each([
  ['no JSON', '{"format"'],
  ['another file', '{"measurements": []}'],
  ['a row of a class that is not listed', JSON.stringify(spoiled((row) => [99, row[1], row[2], row[3]]))],
  ['a span that ends before it starts', JSON.stringify(spoiled((row) => [row[0], 30, 20, row[3]]))],
])('is refused in words: %s', async (_, text) => {
  const file = path.join(temporaryFolder(), 'quality.json');
  await writeFile(file, text);
  expect(() => readMeasurements(file)).toThrow(
    expect.objectContaining({ code: 'unreadable-project', message: expect.stringContaining('measure again') }),
  );
});

function spoiled(change: (row: readonly number[]) => unknown[]): unknown {
  const { videos: _, ...about } = measurement;
  const videos = [{ videoId: 9, occurrences: [change([2, 10, 20, 7])], proposals: [] }];
  return { format: 'cuepoint-quality', measurements: [{ ...about, videos }] };
}
