// Protects: before a project's model changes, a person reads what stays, what is computed anew and for how long.
import { expect, test } from 'vitest';
import { isWorthAsking, switchWords } from './switch-words.ts';

const meaning = {
  from: 'starter',
  accepted: 12,
  rejected: 3,
  proposals: 40,
  restingVersions: 1,
  videos: 2,
  videoSeconds: 3600,
  computingSeconds: 1260,
};

test('all that matters is said', () => {
  expect(switchWords(meaning)).toEqual([
    'Everything that you made stays: 12 accepted segments, 3 rejected, classes and notes.',
    'It looks at 2 videos anew (1:00:00 of film): about 21 min on this machine.',
    '40 proposals that nobody has decided make way for its own when you propose.',
    'What was learned for starter (1 version) waits, and counts again when you go back.',
  ]);
});

test('nothing is made up where nothing is known', () => {
  const words = switchWords({
    ...meaning,
    accepted: 0,
    rejected: 0,
    proposals: 0,
    restingVersions: 0,
    computingSeconds: null,
  });
  expect(words).toHaveLength(2);
  expect(words[1]).toContain('known once its speed was measured');
  expect(switchWords({ ...meaning, videos: 0 })[1]).toContain('nothing is computed anew but proposals');
});

test('a first model, or one that changes nothing, is not asked about', () => {
  expect(isWorthAsking(meaning)).toBe(true);
  expect(isWorthAsking({ ...meaning, from: null })).toBe(false);
  expect(isWorthAsking({ ...meaning, proposals: 0, restingVersions: 0 })).toBe(false);
});
