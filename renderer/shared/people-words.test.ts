// Protects: one person in two windows is one person in words.
import { expect, test } from 'vitest';
import { namesOf } from './people-words.ts';

const windows = (...names: (string | null)[]) =>
  names.map((person, index) => ({ window: `w${index}`, person, videoId: null, segmentIds: [] }));

test('who is here, in words', () => {
  expect(namesOf(windows('Ben'))).toBe('Ben');
  expect(namesOf(windows('Ben', 'Cem', 'Ben', null))).toBe('Ben, Cem and Another window');
});
