// Protects: features become unit rows the same way everywhere, and nothing is divided by zero.
import { expect, it } from 'vitest';
import { addUnitRows, normaliseRows } from './unit-rows.ts';

it('makes rows unit length where they stand, and leaves zero rows', () => {
  const rows = Float32Array.of(3, 4, 0, 0, 0, -2);
  expect(normaliseRows(rows, 2)).toBe(rows);
  expect([...rows].map((value) => Number(value.toFixed(6)))).toEqual([0.6, 0.8, 0, 0, 0, -1]);
});

it('adds rows by their direction alone', () => {
  const sum = Float32Array.of(1, 1, 1, 1);
  addUnitRows(sum, Float32Array.of(0, 9, 0, 0), 2);
  expect([...sum]).toEqual([1, 2, 1, 1]);
});
