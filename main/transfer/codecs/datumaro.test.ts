// Protects: stretches of video and labelled frames of Datumaro are segments, and pictures are listed.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import type { AnnotationSet, WrittenFolder } from '../annotation-set.ts';
import { datumaro } from './datumaro.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('stretches, frames and pictures', () => {
  const annotations = [{ id: 0, type: 'label', label_id: 0 }];
  const frame = (index: number) => ({ annotations, video_frame: { video_path: 'b.mp4', frame_index: index } });
  const items = [
    { annotations, video: { path: 'a.mp4', step: 1, start_frame: 3, end_frame: 9 } },
    { annotations, video: { path: 'a.mp4' } },
    ...[4, 3, 7].map(frame),
    { annotations, image: { path: 'c.jpg' } },
    { annotations: [{ type: 'label', label_id: 5 }], video: { path: 'a.mp4' } },
  ];
  const text = JSON.stringify({ categories: { label: { labels: [{ name: 'run' }] } }, items });
  const read = datumaro.read!(text, 'x.json');
  expect(saidRows(read)).toEqual([
    ['a.mp4', 'run', '3f', '10f'],
    ['a.mp4', 'run', '0f', 'Infinityf'],
    ['b.mp4', 'run', '3f', '5f'],
    ['b.mp4', 'run', '7f', '8f'],
  ]);
  expect(inEnglish(read.faults.map(({ place }) => place))).toEqual(['item 6', 'item 7']);
});

test('a data set says that its items are videos, or Datumaro takes them for images and refuses them', () => {
  const set = { videos: [], classes: [], segments: [], reviews: [] } as unknown as AnnotationSet;
  const written = datumaro.write!(set) as WrittenFolder;
  expect(JSON.parse(written.files[0]!.text)).toMatchObject({ media_type: 5 });
});
