import { expect, test } from 'vitest';
import { guessReading } from './guess-reading.ts';

const minuteUs = 60e6;
const rows = (count: number, row: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => row(index)).join('\n');

test.each([
  ['seconds', `time,x\n${rows(50, (i) => `${(i / 50).toFixed(2)},${i % 7}.5`)}`, { column: 0, unit: 's' }],
  ['milliseconds by name', `t_ms;x\n${rows(50, (i) => `${i * 10};${i}`)}`, { column: 0, unit: 'ms' }],
  ['microseconds by name', `x,Time (us)\n${rows(50, (i) => `3.5,${i * 10_000}`)}`, { column: 1, unit: 'us' }],
  [
    'milliseconds since 1970',
    `timestamp,x\n${rows(50, (i) => `${1764237600000 + i * 20},1`)}`,
    { column: 0, unit: 'ms' },
  ],
  [
    'microseconds since 1970',
    `stamp,x\n${rows(50, (i) => `${1764237600000000 + i * 20}, 1`)}`,
    { column: 0, unit: 'us' },
  ],
  [
    'nanoseconds since 1970',
    `time,x\n${rows(50, (i) => `17642376000${String(i).padStart(2, '0')}000000,1`)}`,
    { column: 0, unit: 'ns' },
  ],
  ['seconds since 1970', `time,x\n${rows(50, (i) => `${1764237600 + i},1`)}`, { column: 0, unit: 's' }],
  [
    'dates',
    `x,when\n${rows(50, (i) => `1,2026-11-27T10:00:${String(i).padStart(2, '0')}.500Z`)}`,
    { column: 1, unit: 'date' },
  ],
  ['clock', `x\tclock\n${rows(50, (i) => `1\t00:00:${String(i).padStart(2, '0')}.250`)}`, { column: 1, unit: 'clock' }],
  ['numbers of samples', `sample,x\n${rows(50, (i) => `${i},0.5`)}`, { column: 0, unit: 'samples' }],
  ['no time at all', `x,y\n${rows(50, (i) => `${i % 3},${5 - (i % 4)}`)}`, { column: null, unit: 'samples' }],
  [
    'a name that only sounds like time is no time',
    `runtime,t\n${rows(50, (i) => `7,${i / 10 + 0.05}`)}`,
    { column: 1, unit: 's' },
  ],
] as const)('%s', (_, text, time) => {
  expect(guessReading(text, minuteUs).time).toMatchObject(time);
});

test.each([
  ['commas', 'time,x\n0.0,1.5\n0.1,2.5', { delimiter: ',', decimal: '.', skipLines: 0, header: true }],
  ['decimal commas between semicolons', 'Zeit;x\n0,0;1,5\n0,1;2,5', { delimiter: ';', decimal: ',', header: true }],
  ['decimal commas in quotes', 'time,x\n"0,0","1,5"\n"0,1","2,25"', { delimiter: ',', decimal: ',', header: true }],
  ['tabs', 'time\tx\n0.0\t1\n0.1\t2', { delimiter: '\t', header: true }],
  ['blanks', '0.0  1.5\n0.1  2.5\n0.2  3.5', { delimiter: ' ', header: false }],
  ['no header', '0.0,1.5\n0.1,2.5', { delimiter: ',', header: false }],
  [
    'remarks before it',
    '# made by a logger, 3 axes\n# 50 Hz\ntime,x,y\n0.0,1,2\n0.1,2,3',
    { skipLines: 2, header: true },
  ],
  [
    'a title before it',
    'Sensor 7\nRange: 8 g\ntime;x;y\n0.0;1;2\n0.1;2;3',
    { delimiter: ';', skipLines: 2, header: true },
  ],
  ['what Excel says of its separator', 'sep=;\ntime;x\n0.0;1\n0.1;2', { delimiter: ';', skipLines: 1, header: true }],
  ['quoted names with commas', '"time, s","x, g"\n0.0,1\n0.1,2', { delimiter: ',', header: true }],
] as const)('layout: %s', (_, text, layout) => {
  expect(guessReading(text, minuteUs)).toMatchObject(layout);
});
