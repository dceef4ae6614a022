// Protects: which proposals of a model run tell a person something that they have not decided already.
import { describe, expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { replaceProposals } from './replace-proposals.ts';

const second = 1_000_000;
const accepted = (startS: number, endS: number, change: Partial<Segment> = {}): Segment => ({
  ...drawnSegment({ id: 1, videoId: 1, classId: 1, startUs: startS * second, endUs: endS * second }),
  ...change,
});

/** The spans, in seconds, of what becomes of one proposal of class 1 beside what is there. */
function madeOf(current: readonly Segment[], startS: number, endS: number): number[][] {
  const proposal = { classId: 1, startUs: startS * second, endUs: endS * second, score: 0.4, ranking: [] };
  const context = { current, model: 'm', version: 'v', firstNewId: 9, videoName: 'a.mp4' };
  return replaceProposals(1, [proposal], context).segments.flatMap(({ after }) =>
    after ? [[after.startUs / second, after.endUs / second]] : [],
  );
}

describe('a proposal', () => {
  test('that only runs over accepted segments of its class and what lies around them is left out', () => {
    expect(madeOf([accepted(6, 9), accepted(17, 21, { id: 2 })], 3, 21)).toEqual([]);
    expect(madeOf([accepted(6, 9)], 3, 21)).toEqual([]);
    // An edge that is a little further is no other action.
    expect(madeOf([accepted(2.9, 9)], 3, 21)).toEqual([]);
  });

  test('stays where what it runs over is of another class, is not accepted, or lies mostly outside', () => {
    expect(madeOf([accepted(6, 9, { classId: 2 })], 3, 21)).toEqual([[3, 21]]);
    expect(madeOf([accepted(6, 9, { state: 'rejected' })], 3, 21)).toEqual([[3, 21]]);
    expect(madeOf([accepted(0, 4)], 3, 21)).toEqual([[3, 21]]);
    expect(madeOf([], 3, 21)).toEqual([[3, 21]]);
  });
});
