// Protects: tables as spreadsheets and tools write them are read at the first look, and what nothing tells is left open.
import { expect, test } from 'vitest';
import { guessColumns } from './guess-columns.ts';

const longest = { seconds: 60, frames: 1500, fps: 25 };

test.each([
  [
    'a spreadsheet of a country with decimal commas',
    'Datei;Video File;Behaviour;Start (s);Stop (s);Observer\n1;a.mp4;run;0,5;1,25;Ana\n2;a.mp4;sit;2,0;3,5;Ben\n',
    {
      delimiter: ';',
      decimal: ',',
      header: true,
      unit: 's',
      roles: { video: 'Video File', label: 'Behaviour', start: 'Start (s)', end: 'Stop (s)', annotator: 'Observer' },
    },
  ],
  [
    'milliseconds by name, durations instead of ends',
    'clip\tonset_ms\tduration_ms\taction\tconfidence\nx\t1500\t200\trun\t0.5\n',
    {
      delimiter: '\t',
      unit: 'ms',
      roles: { video: 'clip', start: 'onset_ms', duration: 'duration_ms', score: 'confidence' },
    },
  ],
  [
    'frames by their size',
    'video,start,end,label\na.mp4,100,250,run\na.mp4,900,1400,run\n',
    { unit: 'frames', decimal: '.', roles: { start: 'start', end: 'end' } },
  ],
  [
    'timecodes with drop frames',
    'Clip,In,Out,Tag\na,00:00:01;00,00:00:02;15,run\n',
    { unit: 'timecode', rate: 29.97, roles: { video: 'Clip', start: 'In', end: 'Out', label: 'Tag' } },
  ],
  [
    'no names at all',
    'a.mp4|run|1.5|2.5\nb.mp4|run|3|4.25\nb.mp4|sit|5|6\n',
    {
      delimiter: '|',
      header: false,
      unit: 's',
      roles: { video: 'column 1', label: 'column 2', start: 'column 3', end: 'column 4' },
    },
  ],
  [
    'our own names',
    'video,label,start_s,end_s,start_frame,end_frame,state,score\na.mp4,run,1,2,25,50,accepted,\n',
    {
      unit: 's',
      roles: { video: 'video', label: 'label', start: 'start_s', end: 'end_s', state: 'state', score: 'score' },
    },
  ],
  [
    'a cell with a line break and the delimiter in quotes',
    'file,from,to,comment,class\na,1,2,"one, two\nthree",run\nb,1,2,"x, y",run\n',
    { delimiter: ',', roles: { video: 'file', start: 'from', end: 'to', note: 'comment', label: 'class' } },
  ],
])('%s', (_name, text, wanted) => {
  expect(guessColumns(text, longest)).toMatchObject(wanted);
});

test('nothing is made up of an empty file', () => {
  expect(Object.values(guessColumns('', null).roles)).toEqual(Array.from({ length: 10 }, () => null));
});
