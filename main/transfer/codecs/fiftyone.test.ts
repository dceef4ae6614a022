// Protects: both of FiftyOne's layouts are read, frames for frames and times for times, and hostile keys are only names.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { fiftyOne } from './fiftyone.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('labels.json', () => {
  const read = fiftyOne.read!(
    `{"classes": ["run", "jump"], "labels": {"one/clip": [
      {"label": 1, "support": [1, 30], "confidence": 0.5},
      {"label": "walk", "timestamps": ["00:01:02.500", 70]},
      {"label": "walk"}
    ], "__proto__": [{"label": "run", "support": [31, 31]}], "none": null}}`,
    'labels.json',
  );
  expect(saidRows(read)).toEqual([
    ['one/clip', 'jump', '0f', '30f'],
    ['one/clip', 'walk', 62.5, 70],
    ['__proto__', 'run', '30f', '31f'],
  ]);
  expect(read.segments.map(({ score }) => score)).toEqual([0.5, null, null]);
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'detection 3 of one/clip' }]);
});

test('samples.json', () => {
  const detections = [{ _cls: 'TemporalDetection', label: 'run', support: [2, 4], confidence: null }];
  const text = JSON.stringify({
    samples: [
      { filepath: 'data/clip.mp4', tags: ['lab', 'validation'], events: { _cls: 'TemporalDetections', detections } },
    ],
  });
  const read = fiftyOne.read!(text, 'samples.json');
  expect(saidRows(read)).toEqual([['data/clip.mp4', 'run', '1f', '4f']]);
  expect(read.videos.map(({ subset }) => subset)).toEqual(['validation']);
});

test('anything else is refused', () => {
  expect(() => fiftyOne.read!('{"labels": []}', 'x.json')).toThrow(/no object “labels”/u);
});
