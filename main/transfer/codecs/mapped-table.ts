import { say, type Saying } from '#preload/domain/saying.ts';
import { segmentState } from '#preload/domain/segment.ts';
import { missingColumn, type ColumnRole, type TableColumns } from '#preload/domain/table-columns.ts';
import type { ImportedAnnotations, SaidFrames, SaidSeconds } from '../annotation-set.ts';
import type { TableStart } from '../table-pieces.ts';
import { cellNumber, cellTime } from './cell-time.ts';
import { isYes, valuesIn } from './detail-columns.ts';
import { videoOfFile } from './file-of-video.ts';
import { unreadableAnnotations } from './json-file.ts';
import { SegmentRows } from './segment-rows.ts';
import { plainCell } from '#preload/domain/spreadsheet-cells.ts';
import { recordsOf } from './table-file.ts';
import { inLineAndRow } from './row-places.ts';

const format = say('a table of segments');

/** A table's text as its rows begin: without a byte order mark and the line by which Excel tells its separator. */
export const tableBody = (text: string): string => text.replace(/^\uFEFF/, '').replace(/^sep=.\r?\n/i, '');

/** Each column's own name: as the header writes it, numbered where it is empty or there twice. */
export function columnNames(cells: readonly string[], hasHeader: boolean): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, index) => {
    const name = hasHeader ? cell.trim() : '';
    if (name === '') return `column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/**
 * A table that somebody else laid out, read by its columns. `start` is what stands before a piece of a long one; every
 * piece begins with the first line of the file.
 * Fails with `unreadable-annotations` where a column is not there or no row can be taken.
 */
export function readMappedTable(
  text: string,
  file: string,
  columns: TableColumns,
  start?: TableStart,
): ImportedAnnotations {
  const missing = missingColumn(columns);
  if (missing !== null) throw unreadableAnnotations(file, format, say('{{missing}} is to be chosen', { missing }));
  const body = tableBody(text);
  const records = recordsOf(body, columns.delimiter, file, format);
  const names = columnNames(records[0]?.cells ?? [], columns.header);
  const indexOf = indicesOf(names, columns, file);
  // Columns that our own tables have beside those of the roles, by their heads alone.
  const taken = new Set(Object.values(indexOf));
  const heads = names.map((name, index) => (taken.has(index) || !columns.header ? '' : name));
  const before = start ?? { lines: 0, rows: 0 };
  const isFirst = before.lines === 0;
  const rows = new SegmentRows('csv');
  for (const { cells, line, row } of columns.header || !isFirst ? records.slice(1) : records) {
    const place = inLineAndRow(line + before.lines, row + before.rows - (columns.header ? 1 : 0));
    if (cells.slice(names.length).some((cell) => cell.trim() !== '')) {
      rows.refuse(
        place,
        say('{{cells}} cells under {{columns}} columns', { cells: cells.length, columns: names.length }),
      );
      continue;
    }
    const cellAt = (index: number): string => plainCell(cells[index] ?? '').trim();
    const cell = (role: ColumnRole): string => cellAt(indexOf[role] ?? Infinity);
    const span = spanOf(cell, columns);
    const label = cell('label');
    const video = columns.roles.video === null ? videoOfFile(file, ['.csv', '.tsv', '.txt']) : cell('video');
    const score = cell('score') === '' ? null : cellNumber(cell('score'), columns.decimal);
    const state = stateOf(cell('state'));
    const fault =
      video === ''
        ? say('a video is needed')
        : label === ''
          ? say('a class name is needed')
          : cell('score') !== '' && score === null
            ? say('the score "{{score}}" is no number', { score: cell('score') })
            : state === null
              ? say('"{{state}}" is no state of a segment', { state: cell('state') })
              : 'sentence' in span
                ? span
                : null;
    if (fault !== null) rows.refuse(place, fault);
    else {
      rows.video(video, cell('split') || null);
      rows.add({
        ...(span as SaidSeconds),
        place,
        video,
        label,
        score,
        note: cell('note'),
        state: state ?? undefined,
        annotator: cell('annotator').slice(0, 200) || undefined,
        subject: cellAt(heads.indexOf('subject')).slice(0, 200).trim() || undefined,
        ambiguous: isYes(cellAt(heads.indexOf('ambiguous'))) || undefined,
        values: valuesIn(heads, cellAt),
      });
    }
  }
  return rows.done(file, format, start);
}

/** The times of a row, or what is wrong with them. */
function spanOf(cell: (role: ColumnRole) => string, columns: TableColumns): SaidSeconds | SaidFrames | Saying {
  const said: Partial<Record<'start' | 'end' | 'duration', number>> = {};
  const second = columns.roles.end === null ? 'duration' : 'end';
  for (const role of ['start', second] as const) {
    const time = cellTime(cell(role), columns);
    if (time === null) return noTime[columns.unit](roleWords[role], cell(role));
    said[role] = time;
  }
  const counts = columns.unit === 'frames' || columns.unit === 'timecode';
  const first = columns.unit === 'frames' ? columns.firstFrame : 0;
  const start = said.start! - first;
  const end = second === 'end' ? said.end! - first + (counts && columns.endIncluded ? 1 : 0) : start + said.duration!;
  return counts ? { startFrame: start, endFrame: end } : { startS: start, endS: end };
}

const roleWords = { start: say('the start'), end: say('the end'), duration: say('the duration') };

const noTime: Record<TableColumns['unit'], (what: Saying, cell: string) => Saying> = {
  s: (what, cell) => say('{{what}} "{{cell}}" is no time in seconds', { what, cell }),
  ms: (what, cell) => say('{{what}} "{{cell}}" is no time in milliseconds', { what, cell }),
  frames: (what, cell) => say('{{what}} "{{cell}}" is no number of a frame', { what, cell }),
  timecode: (what, cell) => say('{{what}} "{{cell}}" is no timecode at this rate', { what, cell }),
};

/** `undefined` where a table does not say it, null where its word is none. */
function stateOf(word: string) {
  if (word === '') return undefined;
  const state = segmentState.safeParse(word.toLowerCase());
  return state.success ? state.data : null;
}

/** Where each role's column is. Fails with `unreadable-annotations` where the table has no such column. */
function indicesOf(
  names: readonly string[],
  { roles }: TableColumns,
  file: string,
): Partial<Record<ColumnRole, number>> {
  const indices: Partial<Record<ColumnRole, number>> = {};
  for (const [role, name] of Object.entries(roles) as [ColumnRole, string | null][]) {
    if (name === null) continue;
    const index = names.indexOf(name);
    if (index < 0)
      throw unreadableAnnotations(
        file,
        format,
        say('it has no column "{{name}}"; its columns are {{names}}', { name, names: names.join(', ') }),
      );
    indices[role] = index;
  }
  return indices;
}
