// Protects: TextGrids are read long and short, quotes and all, and points and damage are told.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { textGrid } from './textgrid.ts';
import { inEnglish } from '#main/testing/in-english.ts';

const long = `File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 10.5
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "tier 1"
        xmin = 0
        xmax = 10.5
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 1.5
            text = ""
        intervals [2]:
            xmin = 1.5
            xmax = 10.5
            text = "say ""hello"" 3 = <b> "
    item [2]:
        class = "TextTier"
        name = "beeps"
        xmin = 0
        xmax = 10.5
        points: size = 1
        points [1]:
            number = 3
            mark = "beep"
`;

test('the short form of older Praats', () => {
  const short =
    'File type = "ooTextFile short"\n"TextGrid"\n\n0\n2\n<exists>\n1\n"IntervalTier"\n"t"\n0\n2\n1\n0.5\n2\n"run"\n';
  expect(saidRows(textGrid.read!(short, 'clip.TextGrid'))).toEqual([['clip', 'run', 0.5, 2]]);
});

test('the long form', () => {
  const read = textGrid.read!(long, 'clip.TextGrid');
  expect(saidRows(read)).toEqual([['clip', 'say "hello" 3 = <b>', 1.5, 10.5]]);
  expect(inEnglish(read.faults)).toMatchObject([
    { place: 'point 1 of tier beeps', reason: 'a point in time has no length' },
  ]);
});

test('the short form', () => {
  const text = '"ooTextFile"\n"TextGrid"\n\n0\n2\n<exists>\n1\n"IntervalTier"\n"run"\n0\n2\n1\n0\n2\n"run"\n';
  expect(saidRows(textGrid.read!(text, 'clip.TextGrid'))).toEqual([['clip', 'run', 0, 2]]);
  expect(() => textGrid.read!(text.slice(0, 60), 'x.TextGrid')).toThrow(/it ends where/u);
  expect(() => textGrid.read!('hello', 'x.TextGrid')).toThrow(/x\.TextGrid is not a TextGrid/u);
});
