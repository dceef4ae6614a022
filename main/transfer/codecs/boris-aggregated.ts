import { stringify } from 'csv-stringify/sync';
import { durationUs, secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { heldSegments } from './held-segments.ts';
import { SegmentRows } from './segment-rows.ts';
import { formulaCell, plainCell } from './spreadsheet-cells.ts';
import { readTable } from './table-file.ts';

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
  const { keys, records } = readTable(text, file, format, ['behavior', 'start (s)', 'stop (s)']);
  const rows = new SegmentRows('boris-aggregated');
  for (const { cells, line } of records) {
    const place = `line ${line}`;
    const cell = (...names: readonly string[]): string =>
      plainCell(cells[keys.findIndex((key) => names.includes(key))] ?? '').trim();
    const [video, label] = [cell('media file', 'media file name'), cell('behavior')];
    const [startS, endS] = [Number(cell('start (s)')), Number(cell('stop (s)'))];
    if (label === '' || video === '') rows.refuse(place, 'a row has a media file and a behaviour');
    else if (/^point/iu.test(cell('behavior type'))) rows.refuse(place, 'a point event has no length');
    else if (cell('start (s)') === '' || !Number.isFinite(startS) || !Number.isFinite(endS))
      rows.refuse(place, 'a state has a start and a stop in seconds');
    else rows.add({ place, video, label, startS, endS, note: plainCell(cells[keys.indexOf('comment start')] ?? '') });
  }
  return rows.done(file, format);
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
