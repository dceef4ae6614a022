// Protects: rows that are changed edit by edit are the rows that laying all out anew gives, with what is under way over them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Segment } from '#preload/domain/segment.ts';
import { edited, inOrder, withChanges, type SegmentChanges } from '../../backend/segment-order.ts';
import { layoutRows, plainRows, type RowsLayout } from './layout-rows.ts';
import { RowsKeeper, type RowsInputs } from './rows-keeper.ts';
import { shownOf } from '../../shared/shown-segments.ts';
import { anyTimeline, threeClasses } from './timeline-arbitraries.ts';

const look = fc.record({
  compact: fc.boolean(),
  emptyRows: fc.constantFrom('whole' as const, 'thin' as const, 'hidden' as const),
  foldedClassIds: fc.constantFrom([], [2]),
  keptClassId: fc.constantFrom(null, 3),
  threshold: fc.constantFrom(0, 0.5),
  rejected: fc.boolean(),
});

/** What is seen of rows; arrays of numbers as plain ones. */
const seen = ({ rows, inOrder: all, heightPx }: RowsLayout): unknown => ({
  rows: rows.map((row) => ({ ...row, lanes: [...row.lanes], startsUs: [...row.startsUs], reachUs: [...row.reachUs] })),
  inOrder: all,
  heightPx,
});

test('edit by edit, and all anew', () => {
  fc.assert(
    fc.property(
      anyTimeline,
      look,
      fc.array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 5 }),
      (timeline, how, edits) => {
        const [first, later] = [timeline.segments.slice(0, 30).toSorted(inOrder), timeline.segments.slice(30)];
        const inputs: Omit<RowsInputs, 'listed'> = { ...plainRows, ...how, classes: threeClasses, layers: [] };
        const keeper = new RowsKeeper();
        let listed: readonly Segment[] = first;
        for (const picks of [[], ...edits]) {
          const gone = [...new Set(listed.length === 0 ? [] : picks.map((pick) => listed[pick % listed.length]!))];
          const moved = gone
            .slice(1)
            .map((row): Segment => ({ ...row, classId: (row.classId % 3) + 1, endUs: row.endUs + 1 }));
          const come = [...moved, ...later.splice(0, picks.length)];
          listed = edited(listed, { gone, come });
          const [held] = listed;
          const underWay: SegmentChanges = {
            gone: held ? [held] : [],
            come: held
              ? [
                  { ...held, startUs: held.startUs - 1 },
                  { ...held, id: -1 },
                ]
              : [],
          };
          const found = keeper.lay({ ...inputs, listed }, picks.length === 1 ? underWay : { gone: [], come: [] });
          const shown = picks.length === 1 ? withChanges(listed, underWay) : listed;
          expect(seen(found)).toEqual(seen(layoutRows(threeClasses, shownOf(shown, how), [], inputs)));
        }
      },
    ),
  );
});

test('rows that an edit does not concern stay the very same', () => {
  const row = (id: number, classId: number): Segment =>
    ({ id, classId, startUs: id * 10, endUs: id * 10 + 5, state: 'accepted', score: null }) as Segment;
  const listed = [row(1, 1), row(2, 2), row(3, 3)];
  const inputs = { ...plainRows, threshold: 0, rejected: false, classes: threeClasses, layers: [] };
  const keeper = new RowsKeeper();
  const nothing = { gone: [], come: [] };
  const before = keeper.lay({ ...inputs, listed }, nothing);
  const now = edited(listed, { gone: [listed[1]!], come: [{ ...listed[1]!, endUs: 24 }] });
  const after = keeper.lay({ ...inputs, listed: now }, nothing);
  expect(after.rows[0]).toBe(before.rows[0]);
  expect(after.rows[2]).toBe(before.rows[2]);
  expect(after.rows[1]!.segments[0]!.endUs).toBe(24);
});
