// Protects: a sidecar of X-AnyLabeling is read for its own video, and one for pictures is refused.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { xAnyLabeling } from './x-anylabeling.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('segments with what was noted, and the list of classes', () => {
  const text = JSON.stringify({
    version: '3.0.0',
    type: 'video_classification',
    video: 'clip.mp4',
    labels: ['jump', 'run'],
    segments: [
      { id: 1, label: 'run', start_ms: 1500, end_ms: 2250, description: 'fast' },
      { id: 2, label: 'run' },
    ],
  });
  const read = xAnyLabeling.read!(text, 'clip.json');
  expect(saidRows(read)).toEqual([['clip.mp4', 'run', 1.5, 2.25]]);
  expect(read.segments[0]!.note).toBe('fast');
  expect(read.classes.map(({ name }) => name)).toEqual(['jump', 'run']);
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'segment 2' }]);
  expect(() => xAnyLabeling.read!('{"type": "rectangle"}', 'x.json')).toThrow(/video_classification/u);
});
