// Protects: tracks of DIVE and VIAME are segments up to and with their last frame, of the surest class; in a table, of their last row.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { dive } from './dive.ts';
import { viameCsv } from './viame-csv.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('JSON', () => {
  const pairs = [
    ['walk', 0.2],
    ['run', 0.75],
  ];
  const tracks = {
    7: { id: 7, begin: 3, end: 9, confidencePairs: pairs },
    8: { begin: 1, end: 2, confidencePairs: [] },
  };
  const read = dive.read!(JSON.stringify({ tracks, version: 2 }), 'clip.json');
  expect(saidRows(read)).toEqual([['clip', 'run', '3f', '10f']]);
  expect(read.segments[0]).toMatchObject({ score: 0.75, state: 'proposed' });
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'track 8' }]);
});

test('CSV', () => {
  const text =
    '# 1: Detection or Track-id\n# metadata,fps: 30\n7,00:00:00,9,0,0,1,1,1,-1,walk,1,(atr) x\n7,,3,0,0,1,1,1,-1,walk,0.5,run,1\n9,,4,0,0,1,1,1,-1\n8,,1\n';
  const read = viameCsv.read!(text, 'clip.csv');
  expect(saidRows(read)).toEqual([
    ['clip', 'run', '3f', '10f'],
    ['clip', 'unknown', '4f', '5f'],
  ]);
  expect(read.segments[0]).toMatchObject({ score: null, state: 'accepted' });
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'line 6' }]);
});
