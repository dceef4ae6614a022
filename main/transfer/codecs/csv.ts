import { say } from '#preload/domain/saying.ts';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { segmentState } from '#preload/domain/segment.ts';
import { secondsOf } from '#preload/domain/span.ts';
import { attributeHead } from '#preload/domain/table-columns.ts';
import type { AnnotationSet, ImportedAnnotations, ImportedSegment, Written } from '../annotation-set.ts';
import type { Format } from '../format.ts';
import type { TableStart } from '../table-pieces.ts';
import { videoFileNames } from '../video-names.ts';
import { isYes, valuesIn } from './detail-columns.ts';
import { readMappedTable } from './mapped-table.ts';
import { possibleRows } from './possible-rows.ts';
import { NameList, RowReader } from './row-reader.ts';
import { formulaCell, plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { readTable } from './table-file.ts';
import { valuesOf } from '../said-details.ts';
import { classCell, numberCell, videoCell } from './needed-cell.ts';
import { inLineAndRow } from './row-places.ts';

export const csv: Format = {
  id: 'csv',
  name: 'CSV table',
  extensions: ['csv', 'tsv', 'txt'],
  description: 'One row per segment, for spreadsheets and scripts.',
  layout: 'file',
  keeps: [
    'times to the frame',
    'overlaps',
    'rejected segments',
    'states',
    'scores',
    'notes',
    'annotators',
    'subjects',
    'ambiguous',
    'attributes',
    'splits',
  ],
  rowsStandAlone: true,
  read: (text, file, _, start) => parseCsv(text, file, start),
  readByColumns: readMappedTable,
  write: formatCsv,
};

const format = say('a table of segments');

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

function rowSchema(delimiter: string) {
  // A spreadsheet of another country writes decimals behind a comma. Between commas, `1,234` may also mean 1234.
  const decimalComma = delimiter === ',' ? /^[+-]?\d+,(?!\d{3}$)\d+$/u : /^[+-]?\d+,\d+$/u;
  const number = numberCell((text) => Number(decimalComma.test(text) ? text.replace(',', '.') : text));
  return z.object({
    video: videoCell,
    label: classCell,
    start_s: number,
    end_s: number,
    state: optional(segmentState),
    score: optional(number),
    note: z.string().max(4000),
    split: z.string(),
    annotator: z.string().trim().max(200),
    subject: z.string().trim().max(200),
    ambiguous: z.string().trim(),
  });
}

const columns = [
  'video',
  'label',
  'start_s',
  'end_s',
  'start_frame',
  'end_frame',
  'state',
  'score',
  'source',
  'note',
  'annotator',
  'subject',
  'ambiguous',
  'split',
];

/** A table for spreadsheets and scripts: one row per segment. `end_frame` is the first frame after the segment. */
function formatCsv({ videos, classes, segments, attributes }: AnnotationSet): Written {
  // A project without them has a table without their columns.
  const valued = attributes.filter(({ id }) => segments.some((segment) => segment.attributes?.[id] !== undefined));
  const hasSubjects = segments.some(({ subject }) => subject !== undefined);
  const hasDoubts = segments.some(({ ambiguous }) => ambiguous);
  const unused = new Set([...(hasSubjects ? [] : ['subject']), ...(hasDoubts ? [] : ['ambiguous'])]);
  const shown = [...columns.filter((column) => !unused.has(column)), ...valued.map(({ name }) => attributeHead(name))];
  const className = new Map(classes.map(({ id, name }) => [id, name]));
  const names = videoFileNames(videos);
  const byId = new Map(videos.map((video, index) => [video.id, { video, name: names[index]! }]));
  const rows = segments.map((segment) => {
    const { video, name } = byId.get(segment.videoId)!;
    const { startFrame, endFrame } = video.frames().frameRange(segment);
    return {
      video: formulaCell(name),
      label: formulaCell(className.get(segment.classId)!),
      start_s: secondsOf(segment.startUs),
      end_s: secondsOf(segment.endUs),
      start_frame: startFrame,
      end_frame: endFrame,
      state: segment.state,
      score: segment.score,
      source: formulaCell(segment.source.kind === 'model' ? segment.source.model : segment.source.kind),
      note: formulaCell(segment.note),
      annotator: formulaCell(segment.annotator ?? ''),
      subject: formulaCell(segment.subject ?? ''),
      ambiguous: segment.ambiguous ? 'yes' : '',
      ...Object.fromEntries(
        Object.entries(valuesOf(segment, valued) ?? {}).map(([attribute, value]) => [
          attributeHead(attribute),
          formulaCell(String(value)),
        ]),
      ),
      split: video.split ?? '',
    };
  });
  return { text: stringify(rows, { header: true, columns: shown }), warnings: [] };
}

/**
 * Reads a table with at least the columns `video`, `label`, `start_s` and `end_s`, parted by commas, semicolons or tabs.
 * Without a state, a row with a score is a proposal and one without is accepted.
 * Fails with `unreadable-annotations` where no row of it can be taken.
 */
export function parseCsv(text: string, file = 'The file', start?: TableStart): ImportedAnnotations {
  const { keys, heads, records, delimiter } = readTable(
    text,
    file,
    format,
    ['video', 'label', 'start_s', 'end_s'],
    start,
  );
  const schema = rowSchema(delimiter);
  const rows = new RowReader();
  const [videos, labels] = [new NameList(), new NameList()];
  const splits: string[] = [];
  const segments: ImportedSegment[] = [];
  for (const { cells, line, row } of records) {
    const place = inLineAndRow(line, row);
    if (cells.slice(keys.length).some((cell) => cell.trim() !== '')) {
      rows.refuse(
        place,
        say('{{cells}} cells under {{columns}} columns', { cells: cells.length, columns: keys.length }),
      );
      continue;
    }
    const cell = (key: string): string => plainCell(cells[keys.indexOf(key)] ?? '');
    const named = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, cell(key)]));
    const read = rows.read(schema, named, { place });
    if (read === null) continue;
    const state = read.state ?? (read.score === undefined ? 'accepted' : 'proposed');
    const video = videos.indexOf(read.video);
    splits[video] ||= read.split;
    segments.push({
      place,
      video,
      class: labels.indexOf(read.label),
      startS: read.start_s,
      endS: read.end_s,
      state,
      isStateSaid: read.state !== undefined,
      score: read.score ?? null,
      source: { kind: 'import', format: 'csv' },
      touched: state !== 'proposed',
      ranking: [],
      note: read.note ?? '',
      annotator: read.annotator || undefined,
      subject: read.subject || undefined,
      ambiguous: isYes(read.ambiguous) || undefined,
      values: valuesIn(heads, (index) => plainCell(cells[index] ?? '').trim()),
    });
  }
  return possibleRows(
    {
      classes: labels.names.map((name) => ({ name })),
      videos: videos.names.map((fileName, index) => ({
        fileName,
        checksum: null,
        subset: splits[index] || null,
        reviews: [],
      })),
      segments,
      faults: rows.faults,
    },
    file,
    format,
    start,
  );
}
