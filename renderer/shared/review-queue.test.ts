// The queue never jumps under the hand: what stays keeps its place, what is decided goes, what is new waits.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { someProposal } from '../testing/rows.ts';
import { emptyWorklist, neighbourInQueue, reconcile, shownSegments, takeFresh, type Worklist } from './review-queue.ts';

const answer = (ids: readonly number[], total = ids.length) => ({ total, segments: ids.map((id) => someProposal(id)) });
const shownIds = (list: Worklist): number[] => shownSegments(list).map((each) => each.id);
const first = reconcile(emptyWorklist, answer([1, 2, 3, 4]));

describe('reconcile', () => {
  test('takes the first answer as it comes, and announces nothing', () => {
    expect(shownIds(first)).toEqual([1, 2, 3, 4]);
    expect(first.arrived).toBe(0);
  });

  test('drops what is decided and keeps the order of the rest', () =>
    expect(shownIds(reconcile(first, answer([3, 1, 4])))).toEqual([1, 3, 4]));

  test('keeps back what would push in, adds what comes at the end, and counts both', () => {
    const list = reconcile(first, answer([9, 1, 8, 2, 3, 4, 10, 11]));
    expect(shownIds(list)).toEqual([1, 2, 3, 4, 10, 11]);
    expect(list.fresh).toEqual([9, 8]);
    expect(list.arrived).toBe(4);
    expect(shownIds(takeFresh(list))).toEqual([9, 1, 8, 2, 3, 4, 10, 11]);
  });

  test('what moves up from beyond the limit is not news', () => {
    const cut = reconcile(emptyWorklist, answer([1, 2], 5));
    const list = reconcile(cut, answer([2, 3], 4));
    expect(shownIds(list)).toEqual([2, 3]);
    expect(list.arrived).toBe(0);
  });

  test('an undone decision comes back to its place', () => {
    const without = reconcile(first, answer([1, 3, 4]));
    const list = reconcile(without, answer([1, 2, 3, 4]));
    expect(shownIds(list)).toEqual([1, 2, 3, 4]);
    expect(list.fresh).toEqual([]);
  });

  test('with nothing left to see, new ones come in at once', () => {
    const done = reconcile(first, answer([]));
    expect(shownIds(reconcile(done, answer([7, 6])))).toEqual([7, 6]);
  });

  test('what is being decided stays out of sight until the backend no longer lists it', () => {
    const deciding: Worklist = { ...first, deciding: new Set([2]) };
    expect(shownIds(reconcile(deciding, answer([1, 2, 3, 4])))).toEqual([1, 3, 4]);
    const confirmed = reconcile(deciding, answer([1, 3, 4]));
    expect(confirmed.deciding.size).toBe(0);
  });

  test('whatever the answers, rows that stay visible never change places', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(ids, { minLength: 1, maxLength: 8 }), (answers) => {
        let list = emptyWorklist;
        for (const next of answers) {
          const before = shownIds(list);
          list = reconcile(list, answer(next));
          const after = shownIds(list);
          const kept = before.filter((id) => after.includes(id));
          expect(after.filter((id) => before.includes(id))).toEqual(kept);
          expect(new Set(after).size).toBe(after.length);
          expect([...after, ...list.fresh].sort((a, b) => a - b)).toEqual([...next].sort((a, b) => a - b));
        }
      }),
    );
  });
});

describe('going through the queue', () => {
  test('starts at the first, goes on from one that is already decided, and round at the end', () => {
    const list: Worklist = { ...first, deciding: new Set([2]) };
    expect(neighbourInQueue(list, null, 1)?.id).toBe(1);
    expect(neighbourInQueue(list, 2, 1)?.id).toBe(3);
    expect(neighbourInQueue(list, 4, 1)?.id).toBe(1);
    expect(neighbourInQueue(list, 3, -1)?.id).toBe(1);
    expect(neighbourInQueue(list, 1, -1)).toBeUndefined();
  });

  test('ends where only the one in focus is left', () =>
    expect(neighbourInQueue(reconcile(emptyWorklist, answer([5])), 5, 1)).toBeUndefined());
});
