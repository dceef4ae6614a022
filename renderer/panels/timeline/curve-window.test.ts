// Protects: what is fetched of curves covers what is seen, stays the same while the view moves a little, and is bounded.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classesInView, curveWindow } from './curve-window.ts';
import { layoutRows } from './layout-rows.ts';
import { anyScaleOf, anyTable, threeClasses } from './timeline-arbitraries.ts';
import { visibleSpan } from './time-scale.ts';

test('the window covers the view and is at most four times as long', () => {
  fc.assert(
    fc.property(anyTable.chain(anyScaleOf), (scale) => {
      const [window, view] = [curveWindow(scale), visibleSpan(scale)];
      expect(window.startUs).toBeLessThanOrEqual(view.startUs);
      expect(window.endUs).toBeGreaterThanOrEqual(view.endUs);
      expect(window.endUs - window.startUs).toBeLessThanOrEqual(Math.max(4 * (view.endUs - view.startUs), 4));
    }),
  );
});

test('panning over a screen asks a few times, not for every pixel', () => {
  const windows = new Set<number>();
  for (let px = 0; px < 1000; px += 1)
    windows.add(curveWindow({ startUs: px * 1000, usPerPx: 1000, widthPx: 1000 }).startUs);
  expect(windows.size).toBeLessThanOrEqual(3);
});

test('rows in view ask by blocks', () => {
  const classes = Array.from({ length: 200 }, (_, index) => ({ ...threeClasses[0]!, id: index + 1, position: index }));
  const layout = layoutRows(classes, []);
  const { heightPx } = layout.rows[0]!;
  expect(classesInView(layout, 0, 5 * heightPx)).toEqual(classes.slice(0, 16).map(({ id }) => id));
  expect(classesInView(layout, 15 * heightPx, 2 * heightPx)).toHaveLength(32);
  expect(classesInView(layout, -40, 60)).toHaveLength(16);
  expect(classesInView(layoutRows([], []), 0, 100)).toEqual([]);
});
