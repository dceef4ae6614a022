// Protects: a list to which edits were told row by row is the list that the backend would answer.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Segment } from '#preload/domain/segment.ts';
import { withChangedRows } from './changed-rows.ts';

const row = fc.record({ id: fc.nat(40), videoId: fc.constantFrom(1, 2), startUs: fc.nat(50), endUs: fc.nat(50) });
const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 30 }).map((all) => all as unknown as Segment[]);
const listed = (all: Iterable<Segment>): Segment[] =>
  [...all]
    .filter(({ videoId }) => videoId === 1)
    .sort((a, b) => a.startUs - b.startUs || a.endUs - b.endUs || a.id - b.id);

test('rows that come, change, go, or go over to another video leave the list as if fetched anew', () => {
  fc.assert(
    fc.property(rows, rows, fc.array(fc.nat(40)), (before, placed, gone) => {
      const removed = gone.filter((id) => !placed.some((one) => one.id === id));
      const all = new Map(before.map((one) => [one.id, one]));
      for (const id of removed) all.delete(id);
      for (const one of placed) all.set(one.id, one);
      const list = listed(before);
      const found = withChangedRows(list, 1, { removed, placed });
      expect(found).toEqual(listed(all.values()));
      // What the edit did not touch is the very same value, so that nothing is drawn anew for it.
      for (const one of found) expect(placed.includes(one) || list.includes(one)).toBe(true);
    }),
  );
});
