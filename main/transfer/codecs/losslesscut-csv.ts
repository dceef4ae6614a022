import { say } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, WrittenFolder } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { clockSeconds } from './clock-time.ts';
import { videoOfFile } from './file-of-video.ts';
import { heldSegments } from './held-segments.ts';
import { SegmentRows } from './segment-rows.ts';
import { formulaCell, plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { recordsOf } from './table-file.ts';
import { inLine } from './row-places.ts';

export const losslessCutCsv: Format = {
  id: 'losslesscut-csv',
  name: 'LosslessCut CSV',
  extensions: ['csv', 'tsv'],
  description: 'A folder with one table per video: start and end in seconds, and the class; without a header.',
  layout: 'folder',
  keeps: ['times to the frame', 'overlaps'],
  read,
  write,
};

const format = say('a LosslessCut table');

/** A cell that is empty is the start or the end of the video. */
function read(text: string, file: string): ImportedAnnotations {
  const rows = new SegmentRows('losslesscut-csv');
  const video = videoOfFile(file, ['-proj.csv', '.csv', '-proj.tsv', '.tsv']);
  rows.video(video);
  for (const { cells, line } of recordsOf(text, text.includes('\t') ? '\t' : ',', file, format)) {
    const [start = '', end = '', name = ''] = cells.map((cell) => cell.trim());
    const startS = start === '' ? 0 : clockSeconds(start);
    const endS = end === '' ? Infinity : clockSeconds(end);
    const place = inLine(line);
    if (startS === null || endS === null || cells.length < 3)
      rows.refuse(place, say('a row has a start, an end and a name'));
    else if (name === '') rows.refuse(place, say('a cut without a name has no class'));
    else rows.add({ place, video, label: plainCell(name), startS, endS });
  }
  return rows.done(file, format);
}

function write(set: AnnotationSet): WrittenFolder {
  const { videos, warnings } = heldSegments(set);
  const files = videos.map(({ key, segments }) => ({
    name: `${key}.csv`,
    text: stringify(
      segments.map(({ startUs, endUs, label }) => [secondsOf(startUs), secondsOf(endUs), formulaCell(label)]),
    ),
  }));
  return { files, warnings };
}
