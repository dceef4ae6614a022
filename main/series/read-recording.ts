import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { checksumOf } from '#main/media/checksum.ts';
import type { RecordingFacts } from '#preload/contract/recordings.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { RecordingReading } from '#preload/domain/recording.ts';
import { say, type Told, type Saying } from '#preload/domain/saying.ts';
import { changedTable } from './changed-table.ts';
import { middleStep } from './look-at-table.ts';
import { buildPyramid } from './pyramid.ts';
import { readNumber, timeReader } from './read-cells.ts';
import { columnFile, factsFile, readFacts, timesFile } from './series-files.ts';
import { sortRows } from './sort-rows.ts';
import { tableRows } from './table-rows.ts';
import { ValueFile } from './value-file.ts';

export interface RecordingToRead {
  readonly path: string;
  /** SHA-256 of the file as it was added. */
  readonly checksum: string;
  readonly reading: RecordingReading;
  /** Those that are to be drawn; the ones that lie in `folder` already are not read again. */
  readonly columns: readonly number[];
  /** Where the values are kept; see `series-files.ts`. */
  readonly folder: string;
}

export interface ReadingControl {
  readonly signal: AbortSignal;
  readonly report: (progress: { readonly done: number; readonly step: Told }) => void;
}

/** Rows by which the step from one to the next is told. */
const stepRows = 65_536;

/**
 * Reads columns of a table, once through, into files of values with their envelopes. Memory stays that of some thousand
 * rows, but for a table whose times go back: that is put in order. Fails with `not-found` where the file is not what was
 * added, with `bad-input` where it has no times or a column no numbers, and as reading files does.
 */
export async function readRecording(
  { path, checksum, reading, columns, folder }: RecordingToRead,
  { signal, report }: ReadingControl,
): Promise<RecordingFacts> {
  const known = readFacts(folder);
  const missing = columns.filter((column) => known?.columns.every((each) => each.column !== column) ?? true);
  if (known !== null && missing.length === 0) return known;
  const name = basename(path);
  if ((await checksumOf(path, { signal })) !== checksum) throw changedTable(path);
  const { size } = await stat(path);
  await mkdir(folder, { recursive: true });
  const files = [timesFile(folder), ...missing.map((column) => columnFile(folder, column))];
  const partial = files.map((file) => `${file}.partial`);
  const tidy = async () => Promise.all(partial.map(async (file) => rm(file, { force: true })));
  try {
    const found = await writeRows(partial, { path, reading, columns: missing }, async (letters) => {
      report({ done: Math.min(0.8, (0.8 * letters) / size), step: say('reading {{name}}', { name }) });
      await setImmediate();
      signal.throwIfAborted();
    });
    refuseUnreadable(found, name, reading);
    if (found.backwards > 0) await sortRows(partial, found.rows, name);
    for (const [index, file] of partial.entries())
      await buildPyramid(file, found.rows, async () => {
        report({ done: 0.8 + (0.2 * index) / partial.length, step: say('making it quick to draw') });
        signal.throwIfAborted();
        await setImmediate();
      });
    for (const [index, file] of files.entries()) await rename(partial[index]!, file);
    const facts: RecordingFacts = {
      rows: found.rows,
      lengthUs: found.lastUs - found.firstUs,
      stepUs: found.stepUs,
      columns: [...(known?.columns ?? []), ...found.columns],
      notes: notesOn(found),
    };
    await writeFileAtomic(factsFile(folder), JSON.stringify(facts));
    return facts;
  } catch (error) {
    await tidy();
    throw error;
  }
}

interface Found {
  readonly rows: number;
  /** Rows whose time cannot be read, and what the first of them says. */
  readonly untimed: number;
  readonly untimedCell: string;
  readonly backwards: number;
  readonly repeated: number;
  readonly firstUs: number;
  readonly lastUs: number;
  readonly stepUs: number;
  readonly columns: RecordingFacts['columns'];
  /** Of a column of words, what the first says. */
  readonly words: ReadonlyMap<number, string>;
}

/** Writes times from the first row on and the values of each column, in the order of the table. */
async function writeRows(
  files: readonly string[],
  { path, reading, columns }: Pick<RecordingToRead, 'path' | 'reading' | 'columns'>,
  between: (letters: number) => Promise<void>,
): Promise<Found> {
  const outs = await Promise.all(files.map(async (file) => ValueFile.create(file)));
  const readTime = timeReader(reading);
  const steps: number[] = [];
  const facts = columns.map((column) => ({ column, low: Infinity, high: -Infinity, gaps: 0, texts: 0 }));
  const words = new Map<number, string>();
  let [row, rows, untimed, backwards, repeated] = [0, 0, 0, 0, 0];
  let [zeroUs, firstUs, lastUs, previousUs, untimedCell] = [0, Infinity, -Infinity, 0, ''];
  try {
    for (const piece of tableRows(path, reading)) {
      for (const cells of piece.rows) {
        const us = readTime(cells, row);
        row += 1;
        if (us === null) {
          if (untimed === 0) untimedCell = cells[reading.time.column ?? 0] ?? '';
          untimed += 1;
          continue;
        }
        if (rows === 0) zeroUs = us;
        else if (us < previousUs) backwards += 1;
        else if (us === previousUs) repeated += 1;
        if (rows < stepRows) steps.push(us);
        previousUs = us;
        firstUs = Math.min(firstUs, us);
        lastUs = Math.max(lastUs, us);
        rows += 1;
        outs[0]!.add(us - zeroUs);
        for (let index = 0; index < columns.length; index += 1) {
          const fact = facts[index]!;
          const cell = cells[fact.column] ?? '';
          const value = readNumber(cell, reading.decimal);
          if (value === null) {
            if (fact.texts === 0) words.set(fact.column, cell.trim());
            fact.texts += 1;
          }
          if (value === null || Number.isNaN(value)) fact.gaps += 1;
          else {
            if (value < fact.low) fact.low = value;
            if (value > fact.high) fact.high = value;
          }
          outs[index + 1]!.add(value ?? Number.NaN);
        }
        if (outs[0]!.isFull) for (const out of outs) await out.flush();
      }
      await between(piece.letters);
    }
    for (const out of outs) await out.flush();
  } finally {
    for (const out of outs) await out.close();
  }
  const stepUs = middleStep(steps.sort((a, b) => a - b)) ?? 0;
  return { rows, untimed, untimedCell, backwards, repeated, firstUs, lastUs, stepUs, columns: facts, words };
}

function refuseUnreadable(
  { rows, untimed, untimedCell, columns, words, firstUs, lastUs }: Found,
  name: string,
  { time }: RecordingReading,
): void {
  const where = say('column {{column}} of {{name}}', { column: (time.column ?? 0) + 1, name });
  if (rows === 0 || untimed > rows)
    throw new Failure(
      'bad-input',
      say('{{where}} has no times of the kind that was chosen: it says “{{cell}}”. Choose another column or kind.', {
        where,
        cell: untimedCell.slice(0, 60),
      }),
    );
  if (rows > 1 && firstUs === lastUs)
    throw new Failure('bad-input', say('All times in {{where}} are the same. Choose another column.', { where }));
  const empty = columns.find(({ low }) => low === Infinity);
  if (empty === undefined) return;
  const word = words.get(empty.column);
  const column = empty.column + 1;
  throw new Failure(
    'bad-input',
    word === undefined
      ? say('Column {{column}} of {{name}} is empty: leave it out.', { column, name })
      : say('Column {{column}} of {{name}} has text and no numbers (“{{word}}”): leave it out.', {
          column,
          name,
          word: word.slice(0, 60),
        }),
    { column: empty.column },
  );
}

const notesOn = ({ untimed, untimedCell, backwards, repeated }: Found): Saying[] => [
  ...(untimed > 0
    ? [
        say('{{count}} rows left out: no time can be read, as in “{{cell}}”.', {
          count: untimed,
          one: '{{count}} row left out: no time can be read, as in “{{cell}}”.',
          cell: untimedCell.slice(0, 60),
        }),
      ]
    : []),
  ...(backwards > 0
    ? [
        say('Times went back {{count}} times: the rows were put in the order of their times.', {
          count: backwards,
          one: 'Times went back {{count}} time: the rows were put in the order of their times.',
        }),
      ]
    : []),
  ...(repeated > 0
    ? [
        say('{{count}} rows with the time of the row before: all are kept.', {
          count: repeated,
          one: '{{count}} row with the time of the row before: it is kept.',
        }),
      ]
    : []),
];
