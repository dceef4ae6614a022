// Protects: a row of EPIC-KITCHENS is its verb and noun, and what was said beyond them stays as a note.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { epicKitchens } from './epic-kitchens.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const header =
  'narration_id,participant_id,video_id,narration_timestamp,start_timestamp,stop_timestamp,start_frame,stop_frame,narration,verb,verb_class,noun,noun_class,all_nouns,all_noun_classes';

test('published rows are read to the hundredth of a second', () => {
  const read = epicKitchens.read!(
    [
      header,
      "P09_1_0,P09,P09_1,00:00:00.560,00:00:00.00,00:01:01.89,1,113,take plate,take,0,plate,2,['plate'],[2]",
      "P09_1_1,P09,P09_1,00:00:01.700,01:00:01.56,01:00:02.45,93,147,put down the plate,put,1,plate,2,['plate'],[2]",
      'P09_1_2,P09,P09_1,,soon,later,,,take,take,0,,,,',
    ].join('\n'),
    'x.csv',
  );
  expect(saidRows(read)).toEqual([
    ['P09_1', 'take plate', 0, 61.89],
    ['P09_1', 'put plate', 3601.56, 3602.45],
  ]);
  expect(read.segments.map(({ note }) => note)).toEqual(['', 'put down the plate']);
  expect(inEnglish(read.faults)).toMatchObject([
    { place: 'line 4, row 3', reason: 'times are written as HH:MM:SS.ss' },
  ]);
});
