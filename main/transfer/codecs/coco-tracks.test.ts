// Protects: boxes over the frames of a video become one segment a track, whatever the data set calls its keys.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { coco } from './coco.ts';

const categories = [{ id: 5, name: 'run' }];
const videos = [{ id: 1, name: 'clip' }];
const said = (annotations: readonly object[], images: readonly object[] = []) =>
  saidRows(coco.read!(JSON.stringify({ videos, images, categories, annotations }), 'x.json'));

test.each([
  ['frame_index', 'track_id'],
  ['frame_id', 'instance_id'],
])('tracks by %s and %s', (frame, track) => {
  const images = [30, 10, 20].map((at, id) => ({ id, video_id: 1, file_name: `${at}.jpg`, [frame]: at }));
  const annotations = [0, 1, 2, 1].map((image, index) => ({
    id: index,
    image_id: image,
    category_id: 5,
    [track]: index < 3 ? 7 : 8,
    bbox: [1, 2, 3, 4],
  }));
  expect(said(annotations, images)).toEqual([
    ['clip', 'run', '10f', '31f'],
    ['clip', 'run', '10f', '11f'],
  ]);
});

test('lists of boxes, and ranges of frames', () => {
  expect(said([{ id: 1, video_id: 1, category_id: 5, bboxes: [null, [1, 2, 3, 4], null, [1, 2, 3, 4]] }])).toEqual([
    ['clip', 'run', '1f', '4f'],
  ]);
  expect(said([{ id: 1, video_id: 1, category_id: 5, start_frame: 3, end_frame: 9 }])).toEqual([
    ['clip', 'run', '3f', '9f'],
  ]);
});

test('boxes of time are seconds', () => {
  const images = [{ id: 3, file_name: 'clip.mp4', video_id: 1 }];
  expect(said([{ id: 1, image_id: 3, category_id: 5, bbox: [1.5, 0, 2, 1] }], images)).toEqual([
    ['clip', 'run', 1.5, 3.5],
  ]);
});

test('a track of a category that is not in the file, as TAO has them, is listed', () => {
  const images = [{ id: 0, video_id: 1, file_name: 'clip/frame0391.jpg', frame_index: 390 }];
  const boxes = [5, 6].map((category_id) => ({
    id: category_id,
    image_id: 0,
    category_id,
    track_id: category_id,
    bbox: [1, 2, 3, 4],
  }));
  const text = JSON.stringify({ videos, images, categories, annotations: boxes, tracks: [] });
  const read = coco.read!(text, 'x.json');
  expect(saidRows(read)).toEqual([['clip', 'run', '390f', '391f']]);
  expect(read.faults).toHaveLength(1);
});

test('a picture without a time is refused', () => {
  const images = [{ id: 3, file_name: 'a.jpg' }];
  expect(() => said([{ id: 1, image_id: 3, category_id: 5, bbox: [1, 2, 3, 4] }], images)).toThrow(/time segment/u);
});
