import { say } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import { secondsOf } from '#preload/domain/span.ts';
import type { AnnotationSet, ImportedAnnotations, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import { heldSegments } from './held-segments.ts';
import { isRecord, unreadableAnnotations } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';
import { recordsOf } from './table-file.ts';
import { inLine } from './row-places.ts';

export const via3Csv: Format = {
  id: 'via3-csv',
  name: 'VIA 3 CSV',
  extensions: ['csv'],
  description: 'The table of time segments that the VGG Image Annotator exports; both of its sets of columns are read.',
  layout: 'file',
  keeps: ['times to the frame', 'overlaps'],
  read,
  write,
};

const format = say('a VIA 3 table');
const columns = ['metadata_id', 'file_list', 'temporal_segment_start', 'temporal_segment_end', 'metadata'];

/** The names of the columns stand in a comment: `# CSV_HEADER = metadata_id,file_list,…`. */
function read(text: string, file: string): ImportedAnnotations {
  const header = /^#\s*CSV_HEADER\s*=\s*(.+)$/mu.exec(text)?.[1];
  if (header === undefined) throw unreadableAnnotations(file, format, say('it has no line “# CSV_HEADER = …”'));
  const keys = header.split(',').map((key) => key.trim());
  const rows = new SegmentRows('via3-csv');
  // Lines keep their numbers.
  const body = text.replaceAll(/^#.*$/gmu, '');
  for (const { cells, line } of recordsOf(body, ',', file, format)) {
    const place = inLine(line);
    const cell = (key: string): unknown => parsed(cells[keys.indexOf(key)] ?? '');
    const files = cell('file_list');
    const times = keys.includes('temporal_coordinates')
      ? cell('temporal_coordinates')
      : [cell('temporal_segment_start'), cell('temporal_segment_end')];
    const video: unknown = Array.isArray(files) ? files[0] : files;
    const values = cell('metadata');
    const labels = isRecord(values)
      ? Object.values(values)
          .map((value) => String(value).trim())
          .filter(Boolean)
      : [];
    const [startS, endS] = Array.isArray(times) ? (times as unknown[]) : [];
    if (typeof video !== 'string' || video === '') rows.refuse(place, say('a row names a file'));
    else if (typeof startS !== 'number' || typeof endS !== 'number')
      rows.refuse(place, say('it is no segment of time'));
    else if (labels.length === 0) rows.refuse(place, say('a segment without a value has no class'));
    else for (const label of new Set(labels)) rows.add({ place, video, label, startS, endS });
  }
  return rows.done(file, format);
}

/** Cells are JSON. */
function parsed(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

function write(set: AnnotationSet): Written {
  const { videos, warnings } = heldSegments(set);
  const rows = videos.flatMap(({ name, segments }, index) =>
    segments.map(({ startUs, endUs, label }, at) => [
      `${index + 1}_${String(at + 1).padStart(8, '0')}`,
      JSON.stringify([name]),
      secondsOf(startUs),
      secondsOf(endUs),
      JSON.stringify({ action: label }),
    ]),
  );
  return { text: `# CSV_HEADER = ${columns.join(',')}\n${stringify(rows, { quoted_string: true })}`, warnings };
}
