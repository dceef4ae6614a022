// Protects dragging: what sets out up or down means a row, and no small sideways slip moves a segment in time.
import { expect, test } from 'vitest';
import { DragAxes } from './drag-axes.ts';

const start = { x: 100, y: 100 };

test('straight down, and down with the slips of a hand, stays where it is in time', () => {
  const axes = new DragAxes(start);
  for (const [x, y] of [
    [100, 104],
    [102, 130],
    [112, 180],
    [95, 220],
  ] as const)
    expect(axes.movesTime({ x, y })).toBe(false);
});

test('sideways it moves from the first pixels on, and goes on doing so on the way back', () => {
  const axes = new DragAxes(start);
  expect(axes.movesTime(start)).toBe(false);
  expect(axes.movesTime({ x: 104, y: 101 })).toBe(true);
  expect(axes.movesTime({ x: 101, y: 160 })).toBe(true);
});

test('down and then far sideways means both', () => {
  const axes = new DragAxes(start);
  expect(axes.movesTime({ x: 100, y: 140 })).toBe(false);
  expect(axes.movesTime({ x: 130, y: 140 })).toBe(true);
});
