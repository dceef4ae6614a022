// A choice of many holds what the hand asked for and nothing that is not in the list.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseIn, howChosen, nothingChosenYet, type ChosenMany } from './choose-many.ts';

const ids = [7, 3, 9, 4, 1];
const of = ({ chosen }: ChosenMany): number[] => [...chosen];

test('one alone, one more, one less', () => {
  const one = chooseIn(ids, nothingChosenYet, 3, 'alone');
  const two = chooseIn(ids, one, 4, 'in-or-out');
  expect(of(two)).toEqual([3, 4]);
  expect(of(chooseIn(ids, two, 3, 'in-or-out'))).toEqual([4]);
});

test('a range reaches from where it began, grows and shrinks, and turns round', () => {
  const one = chooseIn(ids, nothingChosenYet, 9, 'alone');
  const down = chooseIn(ids, one, 1, 'up-to');
  expect(of(down)).toEqual([9, 4, 1]);
  expect(of(chooseIn(ids, down, 4, 'up-to'))).toEqual([9, 4]);
  expect(of(chooseIn(ids, down, 7, 'up-to'))).toEqual([7, 3, 9]);
});

test('where the beginning of a range has left the list, it begins anew', () => {
  const gone = { chosen: new Set([99]), anchorId: 99 };
  expect(of(chooseIn(ids, gone, 4, 'up-to'))).toEqual([4]);
});

test('the keys that are held say how', () => {
  const keys = { shiftKey: false, ctrlKey: false, metaKey: false };
  expect(howChosen(keys)).toBe('alone');
  expect(howChosen({ ...keys, ctrlKey: true })).toBe('in-or-out');
  expect(howChosen({ ...keys, metaKey: true })).toBe('in-or-out');
  expect(howChosen({ ...keys, shiftKey: true, ctrlKey: true })).toBe('up-to');
});

test('a range is what lies between both ends in the list, ends included, however it was come to', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(), { minLength: 1 }), fc.nat(), fc.nat(), (list, a, b) => {
      const [from, to] = [list[a % list.length]!, list[b % list.length]!];
      const { chosen, anchorId } = chooseIn(list, chooseIn(list, nothingChosenYet, from, 'alone'), to, 'up-to');
      const places = [...chosen].map((id) => list.indexOf(id)).toSorted((x, y) => x - y);
      expect(anchorId).toBe(from);
      expect(chosen.has(from) && chosen.has(to)).toBe(true);
      expect(places.at(-1)! - places[0]!).toBe(places.length - 1);
      expect(new Set([places[0], places.at(-1)])).toEqual(new Set([list.indexOf(from), list.indexOf(to)]));
    }),
  );
});
