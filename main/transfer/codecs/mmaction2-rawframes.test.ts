// Protects: each of MMAction2's ways to list clips is read for the frames that it means.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { mmaction2Rawframes } from './mmaction2-rawframes.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const companions = [{ name: 'label_map.txt', text: 'abseiling\narm wrestling\n' }];
const rowsOf = (text: string) => saidRows(mmaction2Rawframes.read!(text, 'list.txt', companions));

test('with offsets', () => {
  expect(rowsOf('a/clip 10 20 1\nsome clip 0 163 0\n')).toEqual([
    ['a/clip', 'arm wrestling', '10f', '30f'],
    ['some clip', 'abseiling', '0f', '163f'],
  ]);
});

test('with counts, one class or several, and with a class alone', () => {
  expect(rowsOf('some clip 163 0\nb.mp4 7\nc 5 0 1\n')).toEqual([
    ['some clip', 'abseiling', '0f', '163f'],
    ['b.mp4', '7', '0f', 'Infinityf'],
    ['c', 'abseiling', '0f', '5f'],
    ['c', 'arm wrestling', '0f', '5f'],
  ]);
});

test('what is no line of a list is told, and a list of proposals is refused', () => {
  const read = mmaction2Rawframes.read!('clip 163 0\nnothing\n', 'list.txt');
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'line 2' }]);
  expect(() => mmaction2Rawframes.read!('# 0\nimgs\n5\n1\n2\n3 1 2\n', 'list.txt')).toThrow(/list of proposals/u);
});
