// Protects: runs of frames are segments, and what one class a frame cannot hold is said when it is written.
import { expect, test } from 'vitest';
import type { AnnotationSet } from '../annotation-set.ts';
import { saidRows } from '../../testing/said-rows.ts';
import { frameWise } from './frame-wise.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('runs are segments, and frames of nothing are none', () => {
  const read = frameWise.read!('SIL\nadd oil\nadd oil\nbackground\nmix\n\n', 'groundTruth/rgb-01-1.txt');
  expect(saidRows(read)).toEqual([
    ['groundTruth/rgb-01-1', 'add oil', '1f', '3f'],
    ['groundTruth/rgb-01-1', 'mix', '4f', '5f'],
  ]);
});

test.each([
  ['1-30 SIL\n31-150 take_bowl\n151-160 pour milk\n'],
  ['1,30,background,0\n31,150,take_bowl,4\n151,160,pour milk,2'],
  ['take_bowl (31-150) [1]\npour milk (151-160)\n'],
])('stretches of frames from 1 are read as well: %s', (text) => {
  expect(saidRows(frameWise.read!(text, 'P16_cam01.txt'))).toEqual([
    ['P16_cam01', 'take_bowl', '30f', '150f'],
    ['P16_cam01', 'pour milk', '150f', '160f'],
  ]);
});

test('a frame has the class of the segment that started last, which is told', () => {
  const segment = (startUs: number, endUs: number, classId: number) => ({
    videoId: 1,
    classId,
    startUs,
    endUs,
    state: 'accepted',
  });
  const set = {
    videos: [
      {
        id: 1,
        name: 'clip.mp4',
        path: '/clip.mp4',
        checksum: '',
        facts: { frameCount: 6 },
        frames: () => ({ frameRange: ({ startUs, endUs }: never) => ({ startFrame: startUs, endFrame: endUs }) }),
      },
    ],
    classes: [
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ],
    segments: [segment(0, 2, 1), segment(2, 4, 1), segment(3, 5, 2)],
  } as unknown as AnnotationSet;
  expect(inEnglish(frameWise.write!(set))).toEqual({
    files: [
      { name: 'clip.txt', text: 'a\na\na\nb\nb\nbackground\n' },
      { name: 'mapping.txt', text: '0 background\n1 a\n2 b\n' },
    ],
    warnings: [
      '1 segment overlaps others: a frame has one class, that of the later one.',
      '1 segment touches another of the class: they are one here.',
    ],
  });
});
