// Protects: two letters that a person knows themselves by, whatever a sign-in calls them.
import { expect, test } from 'vitest';
import { initialsOf } from './PersonAvatar.tsx';

test.each([
  ['Ana', 'A'],
  ['Ana María López', 'AL'],
  ['ben.fischer@lab.example', 'BF'],
  ['李 小龙', '李小'],
  ['o’neill', 'O'],
  ['', '?'],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
