// Protects: VIA's projects and tables are read by the words of their options, and regions in space are listed.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { via3Csv } from './via3-csv.ts';
import { via3 } from './via3.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('a project: options, several choices, free text, and a box', () => {
  const text = JSON.stringify({
    attribute: {
      1: { aname: 'action', type: 2, options: { 0: 'run', 1: 'jump' } },
      2: { aname: 'more', type: 1, options: {} },
    },
    file: { 7: { fid: '7', fname: 'clip.mp4' } },
    view: { 1: { fid_list: ['7'] } },
    metadata: {
      a: { vid: '1', z: [1.5, 2.25], xy: [], av: { 1: '0,1' } },
      b: { vid: '1', z: [3, 4], xy: [], av: { 2: 'walk, slowly' } },
      c: { vid: '1', z: [3], xy: [2, 1, 1, 9, 9], av: { 1: '0' } },
      d: { vid: '9', z: [3, 4], xy: [], av: { 1: '0' } },
      __proto__: {},
    },
  });
  const read = via3.read!(text, 'x.json');
  expect(saidRows(read)).toEqual([
    ['clip.mp4', 'run', 1.5, 2.25],
    ['clip.mp4', 'jump', 1.5, 2.25],
    ['clip.mp4', 'walk, slowly', 3, 4],
  ]);
  expect(inEnglish(read.faults.map(({ reason }) => reason))).toEqual([
    'it is no segment of time',
    'the file must list the video',
  ]);
});

test('a project of ours to which somebody added an attribute in VIA', () => {
  const text = JSON.stringify({
    attribute: {
      1: { aname: 'action', type: 4, options: { 0: 'run', 1: 'jump' }, cuepoint: { says: 'class' } },
      2: { aname: 'subject', type: 1, options: {}, cuepoint: { says: 'subject' } },
      3: { aname: 'ambiguous', type: 2, options: { yes: 'yes' }, cuepoint: { says: 'ambiguous' } },
      4: { aname: 'shoes', type: 2, options: { 0: 'red', 1: 'blue' } },
    },
    file: { 1: { fid: '1', fname: 'clip.mp4' } },
    view: { 1: { fid_list: ['1'] } },
    metadata: {
      a: { vid: '1', z: [1, 2], xy: [], av: { 1: '1', 2: 'Anna, in red', 3: 'yes', 4: '0,1' } },
      b: { vid: '1', z: [3, 4], xy: [], av: { 1: '0', 2: '', 3: '', 4: '' } },
    },
  });
  const read = via3.read!(text, 'x.json');
  expect(saidRows(read)).toEqual([
    ['clip.mp4', 'jump', 1, 2],
    ['clip.mp4', 'run', 3, 4],
  ]);
  expect(read.segments[0]).toMatchObject({ subject: 'Anna, in red', ambiguous: true, values: { shoes: 'red, blue' } });
  expect(read.segments[1]).not.toHaveProperty('values');
  expect(read.segments[1]).not.toHaveProperty('ambiguous');
});

test.each([
  ['file_list,temporal_segment_start,temporal_segment_end,metadata', '1.5,2.25,'],
  ['file_list,flags,temporal_coordinates,spatial_coordinates,metadata', '0,"[1.5,2.25]","[]",'],
])('a table of %s', (columns, cells) => {
  const text = `# Exported\n# CSV_HEADER = metadata_id,${columns}\n"1_a","[""clip.mp4""]",${cells}"{""action"":""run""}"\n"1_b","[]",${cells}"{}"\n`;
  const read = via3Csv.read!(text, 'x.csv');
  expect(saidRows(read)).toEqual([['clip.mp4', 'run', 1.5, 2.25]]);
  expect(inEnglish(read.faults)).toMatchObject([{ place: 'line 4' }]);
});
