import { stringify } from 'csv-stringify/sync';
import { durationUs, secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { heldSegments } from './held-segments.ts';
import { playedBefore } from './played-before.ts';
import { SegmentRows } from './segment-rows.ts';
import { formulaCell, plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { readTable, recordsOf, type TextTable } from './table-file.ts';

export const borisAggregated: Format = {
  id: 'boris-aggregated',
  name: 'BORIS aggregated events',
  extensions: ['tsv', 'csv'],
  description: 'One row per state with its start and stop, as BORIS exports them for statistics.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps', 'notes'],
  read,
  write,
};

const format = 'a BORIS table of aggregated events';
const columns = [
  'Observation id',
  'Observation date',
  'Description',
  'Media file',
  'Total length',
  'FPS',
  'Subject',
  'Behavior',
  'Behavioral category',
  'Modifiers',
  'Behavior type',
  'Start (s)',
  'Stop (s)',
  'Duration (s)',
  'Comment start',
  'Comment stop',
];

function read(text: string, file: string): ImportedAnnotations {
  const { keys, records } = tableOf(text, file);
  const rows = new SegmentRows('boris-aggregated');
  const told = records.map(({ cells, line }) => {
    const note = plainCell(cells[keys.indexOf('comment start')] ?? '');
    const cell = (...names: readonly string[]): string =>
      plainCell(cells[keys.findIndex((key) => names.includes(key))] ?? '').trim();
    const video = cell('media file', 'media file name');
    return { cell, line, note, video, recording: cell('observation id'), timeS: Number(cell('start (s)')) };
  });
  const before = playedBefore(told);
  for (const { cell, line, note, video, recording, timeS: startS } of told) {
    const [place, label, endS] = [`line ${line}`, cell('behavior'), Number(cell('stop (s)'))];
    if (video === 'LIVE') rows.refuse(place, 'an observation without a video has nothing to label');
    else if (label === '' || video === '') rows.refuse(place, 'a row has a media file and a behaviour');
    else if (/^point/iu.test(cell('behavior type'))) rows.refuse(place, 'a point event has no length');
    else if (cell('start (s)') === '' || !Number.isFinite(startS) || !Number.isFinite(endS))
      rows.refuse(place, 'a state has a start and a stop in seconds');
    else {
      const after = before(recording, video).map((one) => rows.video(one));
      rows.add({ place, video, label, startS, endS, note, ...(after.length > 0 && { after }) });
    }
  }
  return rows.done(file, format);
}

/** Early releases of BORIS write no header; a row is then known by the word for its kind, and what stands around it. */
function tableOf(text: string, file: string): Pick<TextTable, 'keys' | 'records'> {
  const firstRow = text.replace(/^\uFEFF/u, '').split(/\r?\n/u, 1)[0]!;
  const cells = firstRow.split('\t').map((cell) => cell.trim());
  const kind = cells.findIndex((cell) => cell === 'STATE' || cell === 'POINT');
  if (kind < 0) return readTable(text, file, format, ['behavior', 'start (s)', 'stop (s)']);
  // Its length and its rate, which may be unknown, follow the medium.
  const isNumber = (cell: string | undefined): boolean =>
    cell === 'NA' || (cell !== '' && Number.isFinite(Number(cell)));
  const medium = cells.findIndex((_, at) => at > 1 && isNumber(cells[at + 1]) && isNumber(cells[at + 2]));
  const around: Readonly<Record<number, string>> = {
    0: 'observation id',
    [medium]: 'media file',
    [kind - 3]: 'behavior',
    [kind]: 'behavior type',
    [kind + 1]: 'start (s)',
    [kind + 2]: 'stop (s)',
    [kind + 4]: 'comment start',
  };
  return {
    keys: cells.map((_, index) => around[index] ?? ''),
    records: recordsOf(text, '\t', file, format),
  };
}

function write(set: AnnotationSet): Written {
  const { videos, warnings } = heldSegments(set);
  const rows = videos.flatMap(({ name, video: { facts }, segments }) =>
    segments.map((segment) => ({
      'Observation id': formulaCell(name),
      'Media file': formulaCell(name),
      'Total length': secondsOf(facts.endUs),
      FPS: facts.averageFps,
      Subject: 'No focal subject',
      Behavior: formulaCell(segment.label),
      'Behavior type': 'STATE',
      'Start (s)': secondsOf(segment.startUs),
      'Stop (s)': secondsOf(segment.endUs),
      'Duration (s)': secondsOf(durationUs(segment)),
      'Comment start': formulaCell(segment.note),
    })),
  );
  return { text: stringify(rows, { header: true, columns, delimiter: '\t' }), warnings };
}
