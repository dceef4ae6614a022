// Protects the one way in which numbers are written.
import { expect, test } from 'vitest';
import { counted } from '#preload/domain/counted.ts';
import { percent } from './quantities.ts';

test('shares are whole percent, counts are grouped and in the right number', () => {
  expect([0, 0.004, 0.725, 1].map(percent)).toEqual(['0 %', '0 %', '73 %', '100 %']);
  expect([0, 1, 2, 12_345].map((count) => counted(count, 'class', 'classes'))).toEqual([
    '0 classes',
    '1 class',
    '2 classes',
    '12,345 classes',
  ]);
});
