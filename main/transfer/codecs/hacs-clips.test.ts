// Protects: clips of HACS that do not show their class come as rejected, not as occurrences.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { hacsClips } from './hacs-clips.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('both kinds of clips are read, and a third is listed', () => {
  const read = hacsClips.read!(
    'classname,youtube_id,subset,start,end,label\nArchery,a,training,1.5,3.5,1\nArchery,a,training,4,6,-1\nArchery,a,training,7,9,0\n',
    'x.csv',
  );
  expect(saidRows(read)).toEqual([
    ['a', 'Archery', 1.5, 3.5],
    ['a', 'Archery', 4, 6],
  ]);
  expect(read.segments.map(({ state }) => state)).toEqual(['accepted', 'rejected']);
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'line 4', reason: 'a label is 1 or -1' }]);
});
