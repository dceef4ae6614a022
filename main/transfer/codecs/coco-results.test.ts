// Protects: results number videos and classes as the COCO-style export beside them does, and their boxes are its boxes.
import { expect, test } from 'vitest';
import { exportOptions } from '#preload/contract/work.ts';
import { FrameTable } from '#preload/domain/frame-table.ts';
import type { AnnotationSet } from '../annotation-set.ts';
import { cocoResults } from './coco-results.ts';
import { formatCoco } from './format-coco.ts';

test('results fit the export of the same set', () => {
  const table = FrameTable.fromArray(Float64Array.from({ length: 11 }, (_, index) => index * 100_000));
  const video = (id: number, name: string) => ({ id, name, path: name, checksum: '', facts: {}, frames: () => table });
  const segment = { startUs: 200_000, endUs: 500_000, source: { kind: 'human' }, ranking: [], note: '' };
  const set = {
    videos: [video(7, 'a.mp4'), video(9, 'b.mp4')],
    classes: [4, 2].map((id) => ({ id, name: `class ${id}`, prompt: 'x', colour: '#e69f00', digitKey: null })),
    segments: [
      { ...segment, videoId: 9, classId: 2, state: 'proposed', score: 0.5 },
      { ...segment, videoId: 7, classId: 4, state: 'accepted', score: null },
    ],
    attributes: [],
    reviews: [],
    options: exportOptions.parse({}),
  } as unknown as AnnotationSet;
  const { annotations } = JSON.parse(formatCoco(set).text) as { annotations: Record<string, unknown>[] };
  const written = cocoResults.write!(set);
  const results = JSON.parse('text' in written ? written.text : '') as Record<string, unknown>[];
  const pick = ({ image_id, category_id, bbox, score = 1 }: Record<string, unknown>) =>
    JSON.stringify([image_id, category_id, bbox, score]);
  expect(results).toHaveLength(2);
  expect(results.map(pick).sort()).toEqual(annotations.map(pick).sort());
});
