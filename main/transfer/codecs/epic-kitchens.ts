import { say } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import type { TableStart } from '../table-pieces.ts';
import { clockSeconds, clockText } from './clock-time.ts';
import { heldSegments, type HeldVideo } from './held-segments.ts';
import { filePerPart, partOfFile } from './part-files.ts';
import { SegmentRows } from './segment-rows.ts';
import { formulaCell, plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { readTable } from './table-file.ts';
import { inLineAndRow } from './row-places.ts';

export const epicKitchens: Format = {
  id: 'epic-kitchens',
  name: 'EPIC-KITCHENS CSV',
  extensions: ['csv'],
  description:
    'One row per action as EPIC-KITCHENS-100 is published. A class is verb and noun; a narration that says more is a note. Classes are written as verbs, and a table for each part of the data set.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps', 'notes', 'splits'],
  rowsStandAlone: true,
  read: (text, file, _, start) => read(text, file, start),
  write,
};

const format = say('an EPIC-KITCHENS table of actions');
const columns = [
  'narration_id',
  'participant_id',
  'video_id',
  'narration_timestamp',
  'start_timestamp',
  'stop_timestamp',
  'start_frame',
  'stop_frame',
  'narration',
  'verb',
  'verb_class',
  'noun',
  'noun_class',
  'all_nouns',
  'all_noun_classes',
];

function read(text: string, file: string, start?: TableStart): ImportedAnnotations {
  const needed = ['video_id', 'start_timestamp', 'stop_timestamp', 'verb'];
  const { keys, records } = readTable(text, file, format, needed, start);
  const part = partOfFile(file);
  const rows = new SegmentRows('epic-kitchens');
  for (const { cells, line, row } of records) {
    const place = inLineAndRow(line, row);
    const cell = (key: string): string => plainCell(cells[keys.indexOf(key)] ?? '');
    const [startS, endS] = [clockSeconds(cell('start_timestamp')), clockSeconds(cell('stop_timestamp'))];
    const label = [cell('verb').trim(), cell('noun').trim()].filter((word) => word !== '').join(' ');
    const video = cell('video_id').trim();
    if (video === '' || label === '') rows.refuse(place, say('a row has a video and a verb'));
    else if (startS === null || endS === null) rows.refuse(place, say('times are written as HH:MM:SS.ss'));
    else {
      rows.video(video, part);
      const narration = cell('narration');
      rows.add({ place, video, label, startS, endS, note: narration === label ? '' : narration });
    }
  }
  return rows.done(file, format, start);
}

/** `start_frame` and `stop_frame` count from 1, and the last frame is part of the action. */
function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const rowsOf = ({ key, segments }: HeldVideo) =>
    segments.map(({ label, labelId, startUs, endUs, startFrame, endFrame, note }, index) => ({
      narration_id: formulaCell(`${key}_${index}`),
      participant_id: formulaCell(/^P\d+(?=_)/u.exec(key)?.[0] ?? ''),
      video_id: formulaCell(key),
      narration_timestamp: clockText(startUs, 6),
      start_timestamp: clockText(startUs, 6),
      stop_timestamp: clockText(endUs, 6),
      start_frame: startFrame + 1,
      stop_frame: endFrame,
      narration: formulaCell(note === '' ? label : note),
      verb: formulaCell(label),
      verb_class: labelId,
      noun: '',
      noun_class: '',
      all_nouns: '[]',
      all_noun_classes: '[]',
    }));
  const files = filePerPart(
    videos.filter(({ segments }) => segments.length > 0),
    (part) => `EPIC_100${part === '_val' ? '_validation' : part}.csv`,
    (of) => stringify(of.flatMap(rowsOf), { header: true, columns }),
  );
  return { files, warnings };
}
