import { expect, test } from 'vitest';
import { strongestCut } from './strongest-cut.ts';

test.each([
  ['nothing', [], null],
  ['a still picture', [0, 0, 0, 0, 0], null],
  ['a cut between still shots', [0, 0, 0.3, 0, 0], 2],
  ['a cut between lively shots', [0.04, 0.05, 0.31, 0.06, 0.03], 2],
  ['lively all along', [0.12, 0.1, 0.15, 0.11, 0.13], null],
  ['a slow fade', [0.06, 0.06, 0.07, 0.06, 0.06], null],
  ['something small that moves at once', [0, 0, 0.01, 0, 0], null],
  ['two cuts: the stronger', [0.01, 0.2, 0.01, 0.4, 0.01, 0.01, 0.01], 3],
] as const)('%s', (_, changes, expected) => expect(strongestCut(changes)).toBe(expected));
