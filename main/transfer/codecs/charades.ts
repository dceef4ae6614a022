import { say } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, NamedText, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { classListOf } from './class-list.ts';
import { heldSegments, type HeldVideo } from './held-segments.ts';
import { filePerPart, partOfFile } from './part-files.ts';
import { SegmentRows } from './segment-rows.ts';
import { formulaCell, plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { readTable } from './table-file.ts';
import { inLine } from './row-places.ts';

export const charades: Format = {
  id: 'charades',
  name: 'Charades CSV',
  extensions: ['csv'],
  description: 'One row per video, its actions as “c092 11.90 21.20;…”, and beside it the list of classes by code.',
  layout: 'folder',
  companions: /_classes\.txt$/iu,
  keeps: ['times to the frame', 'overlaps', 'classes without segments', 'splits'],
  read,
  write,
};

const format = say('a Charades table of videos');
const columns = [
  'id',
  'subject',
  'scene',
  'quality',
  'relevance',
  'verified',
  'script',
  'objects',
  'descriptions',
  'actions',
  'length',
];

function read(text: string, file: string, companions: readonly NamedText[] = []): ImportedAnnotations {
  const { keys, records } = readTable(text, file, format, ['id', 'actions']);
  const names = classListOf(companions);
  const part = partOfFile(file);
  const rows = new SegmentRows('charades');
  for (const name of names.values()) rows.label(name);
  for (const { cells, line } of records) {
    const video = plainCell(cells[keys.indexOf('id')] ?? '').trim();
    if (video === '') {
      rows.refuse(inLine(line), say('a row names a video'));
      continue;
    }
    rows.video(video, part);
    const actions = (cells[keys.indexOf('actions')] ?? '').split(';').filter((action) => action.trim() !== '');
    for (const [index, action] of actions.entries()) {
      const place = say('line {{line}}, action {{index}} of {{video}}', { line, index: String(index + 1), video });
      const [code, start, end, ...more] = action.trim().split(/\s+/u);
      const [startS, endS] = [Number(start), Number(end)];
      if (more.length > 0 || !Number.isFinite(startS) || !Number.isFinite(endS))
        rows.refuse(place, say('an action has a class, a start and an end in seconds'));
      else rows.add({ place, video, label: names.get(code!) ?? code!, startS, endS });
    }
  }
  return rows.done(file, format);
}

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const codes = set.classes.map((_, index) => `c${String(index).padStart(3, '0')}`);
  const rowOf = ({ key, video, segments }: HeldVideo) => ({
    id: formulaCell(key),
    actions: segments
      .map(({ labelId, startUs, endUs }) => `${codes[labelId]!} ${secondsOf(startUs)} ${secondsOf(endUs)}`)
      .join(';'),
    length: secondsOf(video.facts.endUs),
  });
  return {
    files: [
      ...filePerPart(
        videos,
        (part) => `Charades${part}.csv`,
        (of) => stringify(of.map(rowOf), { header: true, columns }),
      ),
      {
        name: 'Charades_classes.txt',
        text: set.classes.map(({ name }, index) => `${codes[index]!} ${name}\n`).join(''),
      },
    ],
    warnings,
  };
}
