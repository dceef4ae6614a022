// Protects: what a person writes behind --columns is what is asked for, and what makes no sense is refused.
import { expect, test } from 'vitest';
import { columnsOption } from './table-columns.ts';

test('pairs, and a guess alone', () => {
  expect([...columnsOption('guess')]).toEqual([]);
  expect([...columnsOption('video=clip name, unit=ms,decimal=comma,end-is=last,rate=29.97')]).toEqual([
    ['video', 'clip name'],
    ['unit', 'ms'],
    ['decimal', 'comma'],
    ['end-is', 'last'],
    ['rate', '29.97'],
  ]);
});

test.each(['unit=hours', 'nothing', 'rate=0', 'header=perhaps', 'video=', 'colour=x', 'delimiter=::'])(
  '%s is refused',
  (text) => {
    expect(() => columnsOption(text)).toThrow('says none of');
  },
);
