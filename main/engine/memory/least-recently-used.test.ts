// What stays loaded between tasks is bounded in memory, and what is used stays.
import { expect, it } from 'vitest';
import { LeastRecentlyUsed } from './least-recently-used.ts';

it('forgets what was not read for longest, by weight', () => {
  const forgotten: string[] = [];
  const kept = new LeastRecentlyUsed<string>(10, (value) => forgotten.push(value));
  kept.set('a', 'A', 4);
  kept.set('b', 'B', 4);
  expect(kept.get('a')).toBe('A');
  kept.set('c', 'C', 4);
  expect(forgotten).toEqual(['B']);
  expect(kept.get('a')).toBe('A');
  expect(kept.get('b')).toBeUndefined();
});

it('keeps the newest value even where it is heavier than all it may hold', () => {
  const kept = new LeastRecentlyUsed<string>(10);
  kept.set('a', 'A', 4);
  kept.set('big', 'BIG', 40);
  expect(kept.get('a')).toBeUndefined();
  expect(kept.get('big')).toBe('BIG');
});
