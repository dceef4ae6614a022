// Protects: each way in which Label Studio says a time is read as it counts it, and a region without one is listed.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { labelStudio } from './label-studio.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('timelines, seconds, boxes, choices and predictions', () => {
  const box = (frame: number, enabled = true) => ({ frame, enabled });
  const result = [
    { type: 'timelinelabels', value: { ranges: [{ start: 1, end: 30 }], timelinelabels: ['run'] } },
    { type: 'labels', value: { start: 1.5, end: 2.25, labels: ['walk'] } },
    { type: 'videorectangle', value: { labels: ['cat'], sequence: [box(5), box(9, false), box(20), box(25)] } },
    { type: 'choices', value: { choices: ['day'] } },
    { type: 'textarea', value: { text: ['hello'] } },
  ];
  const predictions = [{ result: [{ ...result[0], score: 0.5 }] }];
  const data = { video: 'https://host/data/upload/8/1fd99634-my%20clip.mp4' };
  const read = labelStudio.read!(JSON.stringify([{ id: 3, data, annotations: [{ result }], predictions }]), 'x.json');
  const video = expect.stringMatching(/\/my clip\.mp4$/u);
  expect(saidRows(read)).toEqual([
    [video, 'run', '0f', '30f'],
    [video, 'walk', 1.5, 2.25],
    [video, 'cat', '4f', '9f'],
    [video, 'cat', '19f', '25f'],
    [video, 'day', '0f', 'Infinityf'],
    [video, 'run', '0f', '30f'],
  ]);
  expect(read.segments.at(-1)).toMatchObject({ state: 'proposed', score: 0.5 });
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'result 5 of task 3', reason: 'the region has no time' }]);
  const ofText = [{ id: 4, data: { text: 'see https://t.co/x' }, annotations: [{ result: [result[3]] }] }];
  expect(() => labelStudio.read!(JSON.stringify(ofText), 'x.json')).toThrow(/task 4: a task has a video/u);
  expect(() => labelStudio.read!('[]', 'x.json')).toThrow(/“data”/u);
});
