import { english } from '#preload/domain/saying.ts';
// The history says what moved, in as few digits as tell it.
import { expect, test } from 'vitest';
import { moveWords } from './move-words.ts';

const before = { startUs: 1_200_000, endUs: 3_000_000 };

test.each([
  [{ ...before, startUs: 1_280_000 }, 'start 1.20 → 1.28 s'],
  [{ ...before, endUs: 3_001_000 }, 'end 3.000 → 3.001 s'],
  [{ startUs: 1_280_000, endUs: 3_080_000 }, 'start 1.20 → 1.28 s, end 3.00 → 3.08 s'],
  [{ ...before, startUs: 1_200_033 }, 'start 1.200000 → 1.200033 s'],
  [before, ''],
])('%o', (after, words) => expect(english(moveWords(before, after))).toBe(words));
