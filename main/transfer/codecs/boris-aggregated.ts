import { say } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import { durationUs, secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { modifiersIn, modifiersOf, noSubject, pointS, subjectIn } from './boris-words.ts';
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
  keeps: ['times to the frame', 'overlaps', 'notes', 'subjects', 'points'],
  read,
  write,
};

const format = say('a BORIS table of aggregated events');
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
    const isPoint = /^point/iu.test(cell('behavior type'));
    const [place, label] = [`line ${line}`, cell('behavior')];
    const endS = isPoint ? startS + pointS : Number(cell('stop (s)'));
    if (video === 'LIVE') rows.refuse(place, say('an observation without a video has nothing to label'));
    else if (label === '' || video === '') rows.refuse(place, say('a row has a media file and a behaviour'));
    else if (cell('start (s)') === '' || !Number.isFinite(startS) || (!isPoint && !Number.isFinite(endS)))
      rows.refuse(place, say('a state has a start and a stop in seconds'));
    else {
      const after = before(recording, video).map((one) => rows.video(one));
      if (isPoint) rows.point(label);
      rows.add({
        place,
        video,
        label,
        startS,
        endS,
        note,
        subject: subjectIn(cell('subject')),
        values: modifiersIn(cell('modifiers')),
        ...(after.length > 0 && { after }),
      });
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
  const points = new Set(set.classes.flatMap(({ id, kind }) => (kind === 'point' ? id : [])));
  const rows = videos.flatMap(({ name, video: { facts }, segments }) =>
    segments.map((segment) => ({
      'Observation id': formulaCell(name),
      'Media file': formulaCell(name),
      'Total length': secondsOf(facts.endUs),
      FPS: facts.averageFps,
      Subject: formulaCell(segment.subject ?? noSubject),
      Behavior: formulaCell(segment.label),
      Modifiers: formulaCell(modifiersOf(segment, set.attributes)),
      'Behavior type': points.has(segment.classId) ? 'POINT' : 'STATE',
      'Start (s)': secondsOf(segment.startUs),
      'Stop (s)': secondsOf(points.has(segment.classId) ? segment.startUs : segment.endUs),
      'Duration (s)': points.has(segment.classId) ? 'NA' : secondsOf(durationUs(segment)),
      'Comment start': formulaCell(segment.note),
    })),
  );
  return { text: stringify(rows, { header: true, columns, delimiter: '\t' }), warnings };
}
