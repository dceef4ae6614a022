// Protects: in a group of classes that cannot overlap, what a person places stands as they placed it, all else yields or
// fills in, no time that was labelled is left unlabelled beside a label that could take it, and nobody else is touched.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnSegment } from '#preload/domain/drawn-segment.ts';
import { invertEdit, type RowChange } from '#preload/domain/edit.ts';
import type { Segment } from '#preload/domain/segment.ts';
import { changesInGroups, keepApart } from './keep-apart.ts';
import { userEdit } from './edit-value.ts';

/** Classes 1 to 3 are a group, 4 and 5 another; 6 is in none. */
const groupOf = (classId: number): number | null => (classId <= 3 ? 100 : classId <= 5 ? 200 : null);

const row = (id: number, classId: number, startUs: number, endUs: number, more: Partial<Segment> = {}): Segment => ({
  ...drawnSegment({ id, videoId: 1, classId, startUs, endUs }),
  ...more,
});

const applied = (rows: readonly Segment[], changes: readonly RowChange<Segment>[]): Segment[] => {
  const byId = new Map(rows.map((each) => [each.id, each]));
  for (const { before, after } of changes) {
    if (before) {
      expect(byId.get(before.id)).toEqual(before);
      byId.delete(before.id);
    }
    if (after) {
      expect(byId.has(after.id)).toBe(false);
      byId.set(after.id, after);
    }
  }
  return [...byId.values()];
};

const settled = (rows: readonly Segment[], changes: readonly RowChange<Segment>[]): RowChange<Segment>[] =>
  keepApart(changes, rows, { groupOf, firstNewId: 1000 });

const placesOf = (rows: readonly Segment[]): number[][] =>
  rows
    .map(({ classId, startUs, endUs }) => [classId, startUs, endUs])
    .toSorted((a, b) => a[1]! - b[1]! || a[2]! - b[2]! || a[0]! - b[0]!);

const chain = [row(1, 1, 0, 10), row(2, 2, 10, 20), row(3, 3, 20, 30)];

test.each<[string, RowChange<Segment>[], number[][]]>([
  [
    'an edge pushed out pushes the neighbour',
    [{ before: chain[1]!, after: { ...chain[1]!, endUs: 25 } }],
    [
      [1, 0, 10],
      [2, 10, 25],
      [3, 25, 30],
    ],
  ],
  [
    'an edge drawn in draws the neighbour',
    [{ before: chain[1]!, after: { ...chain[1]!, endUs: 15 } }],
    [
      [1, 0, 10],
      [2, 10, 15],
      [3, 15, 30],
    ],
  ],
  [
    'a body moved: the one before follows',
    [{ before: chain[1]!, after: { ...chain[1]!, startUs: 13, endUs: 23 } }],
    [
      [1, 0, 13],
      [2, 13, 23],
      [3, 23, 30],
    ],
  ],
  [
    'one deleted: the one before goes on',
    [{ before: chain[1]!, after: null }],
    [
      [1, 0, 20],
      [3, 20, 30],
    ],
  ],
  [
    'the first deleted: the next begins earlier',
    [{ before: chain[0]!, after: null }],
    [
      [2, 0, 20],
      [3, 20, 30],
    ],
  ],
  [
    'one drawn inside another parts it',
    [{ before: null, after: row(9, 2, 3, 6) }],
    [
      [1, 0, 3],
      [2, 3, 6],
      [1, 6, 10],
      [2, 10, 20],
      [3, 20, 30],
    ],
  ],
  [
    'one drawn over others takes their place',
    [{ before: null, after: row(9, 3, 5, 22) }],
    [
      [1, 0, 5],
      [3, 5, 22],
      [3, 22, 30],
    ],
  ],
  [
    'relabelled inside the group it stays',
    [{ before: chain[1]!, after: { ...chain[1]!, classId: 3 } }],
    [
      [1, 0, 10],
      [3, 10, 20],
      [3, 20, 30],
    ],
  ],
  [
    'relabelled out of it, the one before goes on',
    [{ before: chain[1]!, after: { ...chain[1]!, classId: 6 } }],
    [
      [1, 0, 20],
      [6, 10, 20],
      [3, 20, 30],
    ],
  ],
  [
    'the outer edge is nobody’s but its own',
    [{ before: chain[0]!, after: { ...chain[0]!, startUs: 4 } }],
    [
      [1, 4, 10],
      [2, 10, 20],
      [3, 20, 30],
    ],
  ],
  [
    'an accepted proposal wins',
    [{ before: row(8, 2, 5, 12, { state: 'proposed' }), after: row(8, 2, 5, 12) }],
    [
      [1, 0, 5],
      [2, 5, 12],
      [2, 12, 20],
      [3, 20, 30],
    ],
  ],
  [
    'a note moves nobody',
    [{ before: chain[1]!, after: { ...chain[1]!, note: 'x' } }],
    [
      [1, 0, 10],
      [2, 10, 20],
      [3, 20, 30],
    ],
  ],
  [
    'of two placed at once the later wins',
    [
      { before: null, after: row(8, 1, 12, 18) },
      { before: null, after: row(9, 3, 15, 16) },
    ],
    [
      [1, 0, 10],
      [2, 10, 12],
      [1, 12, 15],
      [3, 15, 16],
      [1, 16, 18],
      [2, 18, 20],
      [3, 20, 30],
    ],
  ],
])('%s', (_, changes, expected) => {
  const before = [
    ...chain,
    ...changes.flatMap((change) => (change.before && change.before.id > 3 ? change.before : [])),
  ];
  expect(placesOf(applied(before, settled(before, changes)))).toEqual(expected);
});

test('a locked neighbour takes up nothing, and is named where it would have to yield', () => {
  const rows = [{ ...chain[0]!, locked: true as const }, chain[1]!, chain[2]!];
  expect(placesOf(applied(rows, settled(rows, [{ before: rows[1]!, after: null }])))).toEqual([
    [1, 0, 10],
    [3, 10, 30],
  ]);
  const over = settled(rows, [{ before: null, after: row(9, 2, 5, 8) }]);
  expect(over.map(({ before }) => before?.id)).toContain(1);
});

const anySpan = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 25 }))
  .map(([startUs, length]) => ({ startUs, endUs: startUs + length }));
const anyStep = fc.record({
  how: fc.constantFrom('draw' as const, 'place' as const, 'remove' as const, 'relabel' as const, 'reject' as const),
  pick: fc.nat(),
  classId: fc.integer({ min: 1, max: 6 }),
  span: anySpan,
});

test('any day of edits: no overlap, no lost time, no stranger touched, and each is one step to undo', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyStep, { minLength: 1, maxLength: 3 }), { maxLength: 15 }), (edits) => {
      let rows: Segment[] = [
        row(1, 1, 0, 20),
        row(2, 2, 20, 40),
        row(3, 6, 5, 50),
        row(4, 4, 0, 60),
        row(5, 1, 8, 30, { state: 'proposed' }),
      ];
      let nextId = 6;
      for (const steps of edits) {
        const touched = new Set<number>();
        const changes = steps.flatMap((step): RowChange<Segment>[] => {
          if (step.how === 'draw')
            return [{ before: null, after: row(nextId++, step.classId, step.span.startUs, step.span.endUs) }];
          const before = rows[step.pick % Math.max(1, rows.length)];
          if (!before || touched.has(before.id)) return [];
          touched.add(before.id);
          const after: Segment | null =
            step.how === 'remove'
              ? null
              : step.how === 'place'
                ? { ...before, ...step.span }
                : step.how === 'relabel'
                  ? { ...before, classId: step.classId }
                  : { ...before, state: 'rejected' };
          return [{ before, after }];
        });
        const all = keepApart(changes, rows, { groupOf, firstNewId: nextId });
        const after = applied(rows, all);
        const last = changesInGroups(changes, groupOf).findLast((change) => change.after?.state === 'accepted')?.after;
        if (last) expect(after).toContainEqual(last);
        const groups = new Set(
          changes
            .flatMap((change) => [change.before, change.after])
            .flatMap((each) => (each ? (groupOf(each.classId) ?? []) : [])),
        );
        const named = new Set(changes.map((change) => (change.after ?? change.before)!.id));
        for (const change of all) {
          const either = (change.after ?? change.before)!;
          if (named.has(either.id) || change.before === null) continue;
          expect(groups).toContain(groupOf(either.classId));
          expect(either.state).toBe('accepted');
        }
        for (const group of [100, 200]) {
          const covering = (list: readonly Segment[]) =>
            list.filter((each) => each.state === 'accepted' && groupOf(each.classId) === group);
          const now = covering(after);
          const at = (list: readonly Segment[], us: number) =>
            list.filter((each) => each.startUs <= us && us < each.endUs);
          const couldGrow = (each: Segment): boolean => !named.has(each.id) && rows.some(({ id }) => id === each.id);
          const growsAt = (us: number, edge: 'startUs' | 'endUs') =>
            now.some((each) => each[edge] === us && couldGrow(each));
          for (let us = 0; us < 90; us += 1) {
            expect(at(now, us).length).toBeLessThanOrEqual(1);
            if (at(now, us).length === 1 || at(covering(rows), us).length === 0) continue;
            // Lost: then nothing that could have taken it up touches the gap.
            let [from, to] = [us, us + 1];
            while (from > 0 && at(now, from - 1).length === 0 && at(covering(rows), from - 1).length > 0) from -= 1;
            while (to < 90 && at(now, to).length === 0 && at(covering(rows), to).length > 0) to += 1;
            expect([growsAt(from, 'endUs'), growsAt(to, 'startUs')]).toEqual([false, false]);
          }
        }
        const edit = userEdit('An edit', { segments: all });
        expect(placesOf(applied(after, invertEdit(edit).segments))).toEqual(placesOf(rows));
        rows = after;
        nextId = Math.max(nextId, ...after.map((each) => each.id + 1));
      }
    }),
    { numRuns: 300 },
  );
});
