// Protects the one way in which numbers are written.
import { expect, test } from 'vitest';
import { counted } from '../language/counted.ts';
import { speak } from '../language/language.ts';
import { decimal, fileSize, percent, rounded } from './quantities.ts';

test('shares are whole percent, counts are grouped and in the right number', () => {
  expect([0, 0.004, 0.725, 1].map(percent)).toEqual(['0 %', '0 %', '73 %', '100 %']);
  expect([0, 1, 2, 12_345].map((count) => counted(count, 'class', 'classes'))).toEqual([
    '0 classes',
    '1 class',
    '2 classes',
    '12,345 classes',
  ]);
});

test('digits after the point are as many as asked for, or no more than that', () => {
  expect([decimal(2.5, 2), decimal(1234.56, 1), rounded(29.97, 3), rounded(30, 3)]).toEqual([
    '2.50',
    '1,234.6',
    '29.97',
    '30',
  ]);
});

test('another language writes them its own way', () => {
  speak('de');
  try {
    expect([decimal(1234.5, 1), percent(0.12), fileSize(3_400_000_000)]).toEqual(['1.234,5', '12 %', '3,4 GB']);
  } finally {
    speak('en');
  }
});
