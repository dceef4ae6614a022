// Protects: a list that an edit changed is the list that sorting all rows anew gives, what it does not concern stays the very
// same, and who knew the list before is told how it came about.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Segment } from '#preload/domain/segment.ts';
import { changesBetween, edited, inOrder, placeFrom, placeOf, rowsOf, withChanges } from './segment-order.ts';

const row = fc.record({ id: fc.integer({ min: 1, max: 60 }), startUs: fc.nat(50), endUs: fc.nat(50) });
const rows = fc
  .uniqueArray(row, { selector: ({ id }) => id, maxLength: 40 })
  .map((all) => (all as unknown as Segment[]).toSorted(inOrder));

test('some go, some come, whether few or many', () => {
  fc.assert(
    fc.property(rows, rows, fc.array(fc.nat(), { maxLength: 20 }), (list, others, picks) => {
      const gone = [...new Set(list.length === 0 ? [] : picks.map((pick) => list[pick % list.length]!))];
      const kept = list.filter((each) => !gone.includes(each));
      const come = others.filter(({ id }) => !kept.some((each) => each.id === id));
      const copy = [...list];
      const next = withChanges(list, { gone, come });
      expect(next).toEqual([...kept, ...come].toSorted(inOrder));
      for (const each of next) expect(kept.includes(each) || come.includes(each)).toBe(true);
      expect(list).toEqual(copy);
      for (let id = 0; id <= 60; id += 1) expect(placeOf(next, id)).toBe(next.findIndex((each) => each.id === id));
      const sought = picks.map((pick) => pick % 60);
      expect(rowsOf(next, sought)).toEqual(
        new Map(next.filter(({ id }) => sought.includes(id)).map((each) => [each.id, each])),
      );
      for (const timeUs of [-1, 0, 20, 51])
        expect(placeFrom(next, timeUs)).toBe(next.filter(({ startUs }) => startUs < timeUs).length);
    }),
  );
});

test('one edit after the other is told, and nothing of lists that have nothing to do with each other', () => {
  const [a, b, c] = [1, 2, 3].map((id) => ({ id, startUs: id, endUs: 9 }) as Segment);
  const first = [a!, b!];
  const second = edited(first, { gone: [a!], come: [] });
  const third = edited(second, { gone: [], come: [c!] });
  expect(third).toEqual([b, c]);
  expect(changesBetween(first, third)).toEqual([
    { gone: [a], come: [] },
    { gone: [], come: [c] },
  ]);
  expect(changesBetween(first, first)).toEqual([]);
  expect(changesBetween(third, first)).toBeNull();
});
