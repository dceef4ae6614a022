import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordingFacts } from '#preload/contract/recordings.ts';
import type { Recording } from '#preload/domain/recording.ts';

/** Where what was read of a recording lies inside `folder`: the same content read the same way lies there once. */
export const seriesFolder = (folder: string, { checksum, reading }: Pick<Recording, 'checksum' | 'reading'>): string =>
  join(
    folder,
    createHash('sha256')
      .update(`${checksum} ${JSON.stringify(orderedReading(reading))}`)
      .digest('hex')
      .slice(0, 32),
  );

/** Fields in one order, whoever said them. */
const orderedReading = ({ delimiter, decimal, skipLines, header, time }: Recording['reading']) => [
  delimiter,
  decimal,
  skipLines,
  header,
  time.column,
  time.unit,
  time.unit === 'samples' ? time.rateHz : null,
];

/** Times of all rows from the first one on, microseconds, ascending, with their envelopes above; see `pyramid.ts`. */
export const timesFile = (folder: string): string => join(folder, 'times.f64');

/** Values of a column in the order of the times, with their envelopes above. */
export const columnFile = (folder: string, column: number): string => join(folder, `column-${column}.f64`);

/** What was found, written last: a folder without it is not whole. */
export const factsFile = (folder: string): string => join(folder, 'facts.json');

/** What was read into a folder so far; null for nothing whole. */
export function readFacts(folder: string): RecordingFacts | null {
  try {
    return JSON.parse(readFileSync(factsFile(folder), 'utf8')) as RecordingFacts;
  } catch {
    return null;
  }
}

/** What was found in a recording; null until all that is drawn of it has been read. */
export function factsOf(
  folder: string,
  recording: Pick<Recording, 'checksum' | 'reading' | 'tracks'>,
): RecordingFacts | null {
  const facts = readFacts(seriesFolder(folder, recording));
  const has = (column: number) => facts?.columns.some((each) => each.column === column) === true;
  return facts !== null && recording.tracks.every(({ column }) => has(column)) ? facts : null;
}
