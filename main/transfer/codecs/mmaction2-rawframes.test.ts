// Protects: each of MMAction2's ways to list clips is read for the frames that it means.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { mmaction2Rawframes } from './mmaction2-rawframes.ts';

test('with an offset, with a count, and with a class alone', () => {
  const companions = [{ name: 'label_map.txt', text: 'abseiling\narm wrestling\n' }];
  const read = mmaction2Rawframes.read!('a/clip 10 20 1\nsome clip 163 0\nb.mp4 7\nnothing\n', 'list.txt', companions);
  expect(saidRows(read)).toEqual([
    ['a/clip', 'arm wrestling', '10f', '30f'],
    ['some clip', 'abseiling', '0f', '163f'],
    ['b.mp4', '7', '0f', 'Infinityf'],
  ]);
  expect(read.faults).toMatchObject([{ place: 'line 4' }]);
});
