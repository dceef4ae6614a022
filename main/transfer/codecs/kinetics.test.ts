// Protects: a table of clips is read as it is published, the split with it, and what is no such table is refused by name.
import { expect, test } from 'vitest';
import { kinetics } from './kinetics.ts';

test('a published table is read, its splits too', () => {
  const text = 'label,youtube_id,time_start,time_end,split\n"arm wrestling",-Abc_1,5,15,train\nabseiling,b,1,2,\n';
  const { classes, videos, segments } = kinetics.read!(text, 'train.csv');
  expect(classes.map(({ name }) => name)).toEqual(['arm wrestling', 'abseiling']);
  expect(videos).toMatchObject([
    { fileName: '-Abc_1', subset: 'train' },
    { fileName: 'b', subset: null },
  ]);
  expect(segments).toMatchObject([
    { startS: 5, endS: 15 },
    { startS: 1, endS: 2 },
  ]);
});

test('another table is refused, with what it lacks', () => {
  expect(() => kinetics.read!('video,label\na,b\n', 'x.csv')).toThrow(/x\.csv.*youtube_id/u);
});
