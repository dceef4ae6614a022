// Restore points are found in the history where they were set, also before the first edit and between a model's runs.
import { expect, test } from 'vitest';
import type { HistoryEntry } from '#preload/contract/history.ts';
import { withPoints } from './with-points.ts';

const entry = (id: number): HistoryEntry => ({
  id,
  label: `Edit ${id}`,
  source: 'user',
  annotator: null,
  at: id,
  undone: false,
});
const point = (id: number, editId: number) => ({
  id,
  editId,
  at: 0,
  name: `point ${id}`,
  cause: 'person' as const,
  annotator: null,
  model: null,
  version: null,
});

test('a point stands above the last edit before it, the newer point first', () => {
  const rows = withPoints([entry(9), entry(5), entry(4)], [point(4, 9), point(3, 6), point(2, 5), point(1, 0)]);
  expect(rows.map((row) => row.entry?.label ?? row.point?.name)).toEqual([
    'point 4',
    'Edit 9',
    'point 3',
    'point 2',
    'Edit 5',
    'Edit 4',
    'point 1',
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});
