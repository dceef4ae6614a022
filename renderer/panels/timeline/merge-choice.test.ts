// Protects what merging takes together: touching pieces first, never a gap unasked for, never another class.
import { expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { mergeChoice } from './merge-choice.ts';

const segment = (id: number, startUs: number, endUs: number, classId = 1) =>
  drawnSegment({ id, videoId: 1, classId, startUs, endUs });
const ids = (...args: Parameters<typeof mergeChoice>): readonly number[] | undefined =>
  mergeChoice(...args)?.together.map(({ id }) => id);

test('pieces that touch are rejoined on both sides, along the whole chain, before anything further off', () => {
  const pieces = [segment(1, 0, 10), segment(2, 10, 20), segment(3, 20, 30), segment(4, 30, 40), segment(5, 50, 60)];
  expect(ids([pieces[1]!], pieces)).toEqual([1, 2, 3, 4]);
  expect(ids([pieces[3]!], pieces.toReversed())).toEqual([1, 2, 3, 4]);
  expect(mergeChoice([pieces[3]!], pieces)?.gapUs).toBe(0);
});

test('where nothing touches it is the next of the class, and the gap is told', () => {
  const [one, other, next] = [segment(1, 0, 10), segment(2, 10, 20, 2), segment(3, 25, 30)];
  expect(mergeChoice([one], [one, other, next])).toEqual({ together: [one, next], gapUs: 15 });
  expect(mergeChoice([next], [one, other, next])).toBeNull();
});

test('what was chosen is taken as chosen; a mixture of classes is nothing to merge', () => {
  const [a, b, c] = [segment(1, 0, 10), segment(2, 30, 40), segment(3, 5, 20)];
  expect(mergeChoice([b, a, c], [a, b, c])).toEqual({ together: [a, c, b], gapUs: 10 });
  expect(mergeChoice([a, segment(4, 10, 20, 2)], [a])).toBeNull();
});

test('a rejected neighbour is left alone', () => {
  const [one, rejected] = [segment(1, 0, 10), { ...segment(2, 10, 20), state: 'rejected' as const }];
  expect(mergeChoice([one], [one, rejected])).toBeNull();
});
