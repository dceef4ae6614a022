// The file chooser opens what is a folder to it, answers what was asked for, and finds names by their first letters.
import { describe, expect, test } from 'vitest';
import { findByName, opensToList, purposeRules } from './place-purposes.ts';

describe('opening an entry', () => {
  test.each([
    ['videos', 'folder', true],
    ['videos', 'video', false],
    ['videos', 'project', true],
    ['project', 'project', false],
    ['project', 'folder', true],
    ['model', 'model', false],
    ['folder', 'project', true],
    ['annotations', 'file', false],
  ] as const)('asked for %s, a %s lists: %s', (purpose, kind, lists) =>
    expect(opensToList({ kind }, purposeRules[purpose])).toBe(lists),
  );
});

test('letters go to the next name that starts so, round the end', () => {
  const entries = ['alpha', 'beta', 'Bravo', 'gamma'].map((name) => ({ name }));
  expect(findByName(entries, 'b', 0)).toBe(1);
  expect(findByName(entries, 'b', 2)).toBe(2);
  expect(findByName(entries, 'b', 3)).toBe(1);
  expect(findByName(entries, 'x', 0)).toBe(-1);
  expect(findByName([], 'a', 0)).toBe(-1);
});
