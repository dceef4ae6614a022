// Protects: every class is one row of the tree whatever its parents say, below its parent where that is there.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classTree, siblingOf, withDescendants } from './class-tree.ts';

const classes = fc
  .array(fc.option(fc.nat({ max: 12 }), { nil: undefined }), { maxLength: 12 })
  .map((parents) => parents.map((parentId, id) => ({ id, ...(parentId !== undefined && { parentId }) })));

test('open, it has each class once, right below its parent or at the top', () => {
  fc.assert(
    fc.property(classes, (all) => {
      const rows = classTree(all, []);
      expect(rows.map(({ of }) => of.id).sort((a, b) => a - b)).toEqual(all.map(({ id }) => id));
      for (const [index, { of, depth }] of rows.entries()) {
        if (depth === 0) continue;
        const above = rows.slice(0, index).findLast((row) => row.depth === depth - 1)!;
        expect(above.of.id).toBe(of.parentId);
      }
    }),
  );
});

test('closed, a group stands for what lies below it and says how much that is', () => {
  const all = [{ id: 1 }, { id: 2, parentId: 1 }, { id: 3, parentId: 2 }, { id: 4 }];
  expect(classTree(all, [1])).toEqual([
    { of: all[0], depth: 0, below: 2, isClosed: true },
    { of: all[3], depth: 0, below: 0, isClosed: false },
  ]);
  expect(withDescendants(all, 1).map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('the neighbour of a class is the next one below the same parent, however many of other groups stand between', () => {
  const all = [{ id: 1 }, { id: 2, parentId: 1 }, { id: 3 }, { id: 4, parentId: 1 }];
  expect(siblingOf(all, all[0]!, 1)).toBe(all[2]);
  expect(siblingOf(all, all[3]!, -1)).toBe(all[1]);
  expect(siblingOf(all, all[3]!, 1)).toBeUndefined();
  expect(siblingOf(all, all[0]!, -1)).toBeUndefined();
});
