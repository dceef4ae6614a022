// Protects: states of BORIS are paired by subject and modifiers and go to the medium that played; the rest is listed.
import { expect, test } from 'vitest';
import { saidRows } from '../../testing/said-rows.ts';
import { borisAggregated } from './boris-aggregated.ts';
import { borisTabular } from './boris-tabular.ts';
import { boris } from './boris.ts';
import { inEnglish } from '#main/testing/in-english.ts';

test('a project', () => {
  const text = JSON.stringify({
    behaviors_conf: { 0: { code: 'run', type: 'State event' }, 1: { code: 'beep', type: 'Point event' } },
    observations: {
      day: {
        file: { 1: ['/lab/a.mp4', 'b.mp4'], 2: [] },
        media_info: { length: { '/lab/a.mp4': 10, 'b.mp4': 20 } },
        events: [
          [1.5, 'ann', 'run', '', 'first'],
          [1, 'bob', 'run', '', ''],
          [2.25, 'ann', 'run', '', ''],
          [3, 'bob', 'run', '', ''],
          [5, '', 'beep', '', ''],
          [12, '', 'run', '', '', 300],
          [13, '', 'run', '', '', 325],
          [14, '', 'run', 'fast', ''],
        ],
      },
      live: { file: [], events: [[1, '', 'run', '', '']] },
    },
  });
  const read = boris.read!(text, 'x.boris');
  expect(saidRows(read)).toEqual([
    ['/lab/a.mp4', 'run', 1.5, 2.25],
    ['/lab/a.mp4', 'run', 1, 3],
    ['b.mp4', 'run', 2, 3],
  ]);
  expect(read.segments[0]!.note).toBe('first');
  expect(inEnglish(read.faults.map(({ reason }) => reason))).toEqual([
    'a point event has no length',
    'a state that begins must end',
    'an observation without a video has nothing to label',
  ]);
});

test('aggregated events', () => {
  const header = 'Observation id\tMedia file\tBehavior\tBehavior type\tStart (s)\tStop (s)\tComment start\n';
  const text = `${header}o\ta.mp4\trun\tSTATE\t1.5\t2.25\tfast\no\ta.mp4\tbeep\tPOINT\t3\t3\t\no\ta.mp4\trun\tSTATE\tNA\t3\t\n`;
  const read = borisAggregated.read!(text, 'x.tsv');
  expect(saidRows(read)).toEqual([
    ['a.mp4', 'run', 1.5, 2.25],
    ['a.mp4', 'beep', 3, 3.001],
  ]);
  expect(read.classes).toEqual([{ name: 'run' }, { name: 'beep', kind: 'point' }]);
  expect(read.faults.map(({ place }) => place)).toEqual(['line 4']);
});

test('aggregated events without a header, as early releases write them', () => {
  const row = (...cells: readonly string[]) => `${cells.join('\t')}\n`;
  const text =
    row(
      'o',
      '2016-12-01',
      'a.mp4',
      '539.92',
      '25.0',
      '333',
      'ann',
      'run',
      '',
      '',
      'STATE',
      '1.5',
      '2.25',
      '0.75',
      'x',
      '',
    ) +
    row('o', '2016-12-01', 'a.mp4', '539.92', '25.0', '333', 'ann', 'beep', '', '', 'POINT', '3', '3', 'NA', '', '') +
    row('o', '2016-12-01', 'LIVE', '26', 'NA', '333', 'ann', 'run', '', '', 'STATE', '3', '4', '1', '', '');
  const read = borisAggregated.read!(text, 'x.tsv');
  expect(saidRows(read)).toEqual([
    ['a.mp4', 'run', 1.5, 2.25],
    ['a.mp4', 'beep', 3, 3.001],
  ]);
  expect(read.segments[0]!.note).toBe('x');
  expect(inEnglish(read.faults.map(({ place, reason }) => [place, reason]))).toEqual([
    ['line 3', 'an observation without a video has nothing to label'],
  ]);
});

test('tabular events, what stands above them passed over', () => {
  const top = 'Observation id\to\t\n\nMedia file(s)\t\n';
  const header = 'Time\tMedia file path\tSubject\tBehavior\tComment\tStatus\n';
  const rows = '1.5\ta.mp4\tann\trun\t\tSTART\n2\ta.mp4\t\tbeep\t\tPOINT\n2.25\ta.mp4\tann\trun\t\tSTOP\n';
  const read = borisTabular.read!(`${top}${header}${rows}`, 'x.tsv');
  expect(saidRows(read)).toEqual([['a.mp4', 'run', 1.5, 2.25]]);
  expect(inEnglish(read.faults)).toMatchObject([{ reason: 'a point event has no length' }]);
  expect(() => borisTabular.read!('a\tb\n', 'x.tsv')).toThrow(/Time and Behavior/u);
});

test('media that play one after the other are told with what counts before them', () => {
  const header = 'Observation id\tMedia file\tBehavior\tBehavior type\tStart (s)\tStop (s)\n';
  const text = `${header}o\tb.mp4\trun\tSTATE\t12\t13\no\ta.mp4\trun\tSTATE\t1\t2\np\tb.mp4\trun\tSTATE\t3\t4\n`;
  const { segments, videos } = borisAggregated.read!(text, 'x.tsv');
  const after = segments.map((one) => ('startS' in one ? one.after?.map((index) => videos[index]!.fileName) : null));
  expect(after).toEqual([['a.mp4'], undefined, undefined]);
});
