import { parse } from 'csv-parse/sync';
import { columnRoles, tableColumns, type ColumnRole, type TableColumns } from '#preload/domain/table-columns.ts';
import { cellNumber, timecodeFrame } from './cell-time.ts';
import { clockSeconds } from './clock-time.ts';
import { columnNames, tableBody } from './mapped-table.ts';

/** What is known of the videos that a table is about. */
export interface LongestVideo {
  readonly seconds: number;
  readonly frames: number;
  readonly fps: number;
}

/** The first rows of a table as cells; a last one that is cut is left out by whoever cuts. */
export function firstRecords(text: string, delimiter: string, count: number): string[][] {
  try {
    return parse(tableBody(text), {
      delimiter,
      to: count,
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
    });
  } catch {
    return [];
  }
}

const looked = 200;

/** How tables of others name their columns, as words without unit, sign and capitals; the first that is there is taken. */
const spellings: Readonly<Record<ColumnRole, readonly string[]>> = {
  video: [
    'video',
    'videoid',
    'videoname',
    'videofile',
    'mediafile',
    'mediafilename',
    'filename',
    'filepath',
    'file',
    'media',
    'clip',
    'clipid',
    'movie',
    'recording',
    'youtubeid',
    'observationid',
    'path',
    'id',
  ],
  label: [
    'label',
    'class',
    'classname',
    'action',
    'activity',
    'behavior',
    'behaviour',
    'category',
    'event',
    'code',
    'verb',
    'annotation',
    'tag',
    'type',
    'name',
  ],
  start: [
    'start',
    'starttime',
    'timestart',
    'tstart',
    'startsec',
    'begin',
    'begintime',
    'onset',
    'from',
    'in',
    'first',
  ],
  end: [
    'end',
    'endtime',
    'timeend',
    'tend',
    'endsec',
    'stop',
    'stoptime',
    'offset',
    'finish',
    'to',
    'until',
    'out',
    'last',
  ],
  duration: ['duration', 'length', 'dur'],
  score: ['score', 'confidence', 'conf', 'probability', 'prob'],
  annotator: [
    'annotator',
    'annotatorid',
    'coder',
    'rater',
    'observer',
    'labeler',
    'labeller',
    'user',
    'author',
    'worker',
  ],
  note: ['note', 'notes', 'comment', 'comments', 'description', 'remark', 'remarks'],
  split: ['split', 'subset', 'set', 'partition', 'fold'],
  state: ['state', 'status'],
};

/** Units that columns of times name beside themselves: `start_ms`, `Start (s)`, `first frame`. */
const units = [
  ['ms', /(?:^|[^a-z])(?:ms|msec|millis|milliseconds?)(?:[^a-z]|$)/u],
  ['frames', /(?:^|[^a-z])(?:frames?|frm)(?:[^a-z]|$)/u],
  ['timecode', /(?:^|[^a-z])(?:timecode|smpte|tc)(?:[^a-z]|$)/u],
  ['s', /(?:^|[^a-z])(?:s|secs?|seconds?)(?:[^a-z]|$)/u],
] as const;

/**
 * How a table is most likely laid out, by the names of its columns and by what stands in them. What nothing tells is left
 * for a person: a role without a column. `longest`, the longest video at hand, tells seconds from frames and milliseconds.
 */
export function guessColumns(text: string, longest: LongestVideo | null): TableColumns {
  const delimiter = guessDelimiter(text);
  const records = firstRecords(text, delimiter, looked);
  const header = hasHeader(records);
  const names = columnNames(records[0] ?? [], header);
  const rows = header ? records.slice(1) : records;
  const columns = names.map((name, index) => ({ name, cells: rows.map((row) => (row[index] ?? '').trim()) }));
  const decimal = guessDecimal(
    delimiter,
    columns.flatMap(({ cells }) => cells),
  );
  const roles = header ? rolesByName(names) : noRoles();
  rolesByContents(roles, columns, decimal);
  const times = columns.filter(({ name }) => name === roles.start || name === roles.end || name === roles.duration);
  const cells = times.flatMap((column) => column.cells);
  return {
    delimiter,
    decimal,
    header,
    roles,
    unit: guessUnit(
      times.map(({ name }) => name).filter(() => header),
      cells,
      decimal,
      longest,
    ),
    firstFrame: 0,
    endIncluded: false,
    rate: guessRate(cells, longest),
  };
}

const noRoles = (): Record<ColumnRole, string | null> =>
  Object.fromEntries(columnRoles.map((role) => [role, null])) as Record<ColumnRole, string | null>;

/** The one that cuts most lines into equally many cells, more than one. */
function guessDelimiter(text: string): TableColumns['delimiter'] {
  const regularity = (delimiter: string): number => {
    const widths = firstRecords(text, delimiter, looked).map(({ length }) => length);
    const counts = Map.groupBy(widths, (width) => width);
    return Math.max(0, ...[...counts].map(([width, same]) => (width > 1 ? same.length + width / 1000 : 0)));
  };
  return tableColumns.shape.delimiter.options.reduce((a, b) => (regularity(b) > regularity(a) ? b : a));
}

/** A value that grows with the time of a cell; null where it is none. */
const timeOf = (cell: string, decimal: '.' | ','): number | null =>
  cellNumber(cell, decimal) ?? clockSeconds(cell) ?? timecodeFrame(cell.replace(';', ':'), 1000);

const isTime = (cell: string): boolean => (timeOf(cell, '.') ?? timeOf(cell, ',')) !== null;

/** A first line without any number, before others that have some or where its words are known names of columns. */
const hasHeader = ([first = [], ...rest]: readonly (readonly string[])[]): boolean =>
  !first.some(isTime) && (rest.length === 0 || rest.some((row) => row.some(isTime)));

/** A comma where numbers are written with it and none with a point; between commas only quoted cells can have one. */
function guessDecimal(delimiter: string, cells: readonly string[]): '.' | ',' {
  const commas = cells.filter((cell) => /^[+-]?\d+,\d+$/u.test(cell));
  if (commas.length === 0 || cells.some((cell) => /^[+-]?\d+\.\d+$/u.test(cell))) return '.';
  return delimiter === ',' && commas.every((cell) => /,\d{3}$/u.test(cell)) ? '.' : ',';
}

function rolesByName(names: readonly string[]): Record<ColumnRole, string | null> {
  const roles = noRoles();
  const free = new Map(names.map((name) => [name, wordOf(name)]));
  for (const role of columnRoles) {
    const best = spellings[role].map((word) => [...free].find(([, said]) => said === word)).find(Boolean);
    if (best === undefined) continue;
    roles[role] = best[0];
    free.delete(best[0]);
  }
  return roles;
}

/** `Start (s)`, `start_ms` and `startFrame` are `start`. */
const wordOf = (name: string): string =>
  name
    .replace(/\(.*?\)|\[.*?\]/gu, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ')
    .toLowerCase()
    .replace(/[\s_.-]+(?:s|secs?|seconds?|ms|msec|milliseconds?|frames?|frm|timecode|tc)$/u, '')
    .replace(/^(?:frames?|timecode)[\s_.-]+/u, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What names did not tell: columns of times in their order, a column of files, one of words that return. */
function rolesByContents(
  roles: Record<ColumnRole, string | null>,
  columns: readonly { readonly name: string; readonly cells: readonly string[] }[],
  decimal: '.' | ',',
): void {
  const taken = new Set(Object.values(roles));
  const free = columns.filter(({ name, cells }) => !taken.has(name) && cells.some((cell) => cell !== ''));
  const take = (role: ColumnRole, column: { readonly name: string } | undefined): void => {
    if (roles[role] !== null || column === undefined) return;
    roles[role] = column.name;
    free.splice(
      free.findIndex(({ name }) => name === column.name),
      1,
    );
  };
  const timed = free.filter(({ cells }) => cells.every((cell) => cell === '' || isTime(cell)));
  if (roles.start === null && roles.end === null && roles.duration === null) {
    const [first, second] = timed;
    const isEnd =
      second?.cells.every((cell, row) => (timeOf(cell, decimal) ?? 0) >= (timeOf(first!.cells[row]!, decimal) ?? 0)) ===
      true;
    take('start', first);
    take(isEnd ? 'end' : 'duration', second);
  }
  const words = free.filter(({ cells }) => !cells.every((cell) => cell === '' || isTime(cell)));
  const kinds = ({ cells }: { readonly cells: readonly string[] }): number => new Set(cells).size;
  const isFile = /[\w)]\.(?:mp4|mkv|avi|mov|webm|mts|m4v|mpe?g|wmv|ts)$/iu;
  take(
    'video',
    words.find(({ cells }) => cells.some((cell) => isFile.test(cell))),
  );
  const rest = words.filter(({ name }) => name !== roles.video);
  if (rest.length > 1 && roles.label === null) take('video', rest[0]);
  const others = rest.filter(({ name }) => name !== roles.video);
  take('label', others.sort((a, b) => kinds(a) - kinds(b))[0]);
}

function guessUnit(
  names: readonly string[],
  cells: readonly string[],
  decimal: '.' | ',',
  longest: LongestVideo | null,
): TableColumns['unit'] {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length > 0 && filled.every((cell) => /^\d+:\d+:\d+[:;]\d+$/u.test(cell))) return 'timecode';
  const named = names.map((name) =>
    name
      .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ')
      .toLowerCase()
      .replaceAll('_', ' '),
  );
  const said = units.find(([, pattern]) => named.some((name) => pattern.test(name)));
  if (said !== undefined) return said[0];
  const values = filled.flatMap((cell) => cellNumber(cell, decimal) ?? []);
  if (longest === null || values.length < filled.length || !values.every(Number.isInteger)) return 's';
  const last = values.reduce((a, b) => Math.max(a, b), 0);
  return last <= longest.seconds + 1 ? 's' : last <= longest.frames + 1 ? 'frames' : 'ms';
}

/** Drop-frame is 30000/1001 or twice that; else the videos' own rate, as far as the numbers of frames are below it. */
function guessRate(cells: readonly string[], longest: LongestVideo | null): number {
  const frames = cells.map((cell) => Number(/[:;](\d+)$/u.exec(cell)?.[1] ?? 0)).reduce((a, b) => Math.max(a, b), 0);
  const rates = [25, 30, 50, 60, 120];
  const own = longest === null ? 25 : Math.round(longest.fps * 1000) / 1000;
  const isDropped = cells.some((cell) => /;\d+$/u.test(cell));
  if (isDropped && Math.round(own) % 30 !== 0) return frames < 30 ? 29.97 : 59.94;
  return frames < Math.round(own) ? Math.max(1, own) : (rates.find((rate) => frames < rate) ?? frames + 1);
}
