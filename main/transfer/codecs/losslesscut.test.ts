// Protects: cuts of LosslessCut are read from its tables and its projects, open ends and its own JSON with them.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { losslessCutCsv } from './losslesscut-csv.ts';
import { losslessCutLlc } from './losslesscut-llc.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('a table', () => {
  const read = losslessCutCsv.read!('1.5,2.25,run\n,00:01:02.5,"jump, high"\n3,,rest\n4,5,\nx,y,z\n', 'clip.csv');
  expect(saidRows(read)).toEqual([
    ['clip', 'run', 1.5, 2.25],
    ['clip', 'jump, high', 0, 62.5],
    ['clip', 'rest', 3, Infinity],
  ]);
  expect(inEnglish(read.faults.map(({ place }) => place))).toEqual(['line 4', 'line 5']);
});

test('a project', () => {
  const text = `{ // cuts
    version: 1, mediaFileName: 'clip.mp4', cutSegments: [
    { start: 1.5, end: 2.25, name: 'run', tags: {} }, { start: 3, name: 'rest' }, { start: 4, end: 5, name: '' }, ], }`;
  const read = losslessCutLlc.read!(text, 'clip-proj.llc');
  expect(saidRows(read)).toEqual([
    ['clip.mp4', 'run', 1.5, 2.25],
    ['clip.mp4', 'rest', 3, Infinity],
  ]);
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'cut 3' }]);
  expect(() => losslessCutLlc.read!('{version: 1', 'x.llc')).toThrow(/x\.llc is not a LosslessCut project/u);
});
