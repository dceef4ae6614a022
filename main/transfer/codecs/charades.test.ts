// Protects: the actions of a Charades row become segments, named by the list beside the table where there is one.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { charades } from './charades.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const table =
  'id,subject,actions,length\nYSKX3,HR43,c092 11.90 21.20;c147 0.00 12.60,33.67\nEMPTY,A,,2\nBAD,A,c001 1,2\n';

test('by code alone', () => {
  const read = charades.read!(table, 'Charades_v1_train.csv');
  expect(saidRows(read)).toEqual([
    ['YSKX3', 'c092', 11.9, 21.2],
    ['YSKX3', 'c147', 0, 12.6],
  ]);
  expect(read.videos.map(({ fileName }) => fileName)).toEqual(['YSKX3', 'EMPTY', 'BAD']);
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'line 4, action 1 of BAD' }]);
});

test('by name', () => {
  const companions = [{ name: 'Charades_v1_classes.txt', text: 'c092 Watching a laptop\nc147 Sitting, in a chair\n' }];
  expect(saidRows(charades.read!(table, 'x.csv', companions)).map(([, label]) => label)).toEqual([
    'Watching a laptop',
    'Sitting, in a chair',
  ]);
});
