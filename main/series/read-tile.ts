import { open, type FileHandle } from 'node:fs/promises';
import { mostInTile, recordingTileUs, tileFields } from '#preload/domain/recording.ts';
import { factor, levelSizes, levelStart, readNumbers } from './pyramid.ts';

/** Of a recording's times so many are passed from one remembered to the next: a level of their pyramid. */
const indexLevel = 5;

/** Where which times lie: one entry of the index level each, `[n, 2]`; small enough to be kept. */
export type TimeIndex = Float64Array;

/** Reads which times lie where, for `readTile`. */
export async function readTimeIndex(timesPath: string, rows: number): Promise<TimeIndex> {
  const level = Math.min(indexLevel, levelSizes(rows).length - 1);
  return withFile(timesPath, async (file) =>
    level === 0
      ? doubled(await readNumbers(file, 0, rows))
      : readNumbers(file, levelStart(rows, level), levelSizes(rows)[level]! * 2),
  );
}

const doubled = (samples: Float64Array): Float64Array =>
  Float64Array.from({ length: samples.length * 2 }, (_, index) => samples[index >> 1]!);

/**
 * A tile of a column, `[n, 4]`: of each sample in it, or of as many neighbours together as keep it below `mostInTile`, the
 * own times of the first and last, and the lowest and highest value. One entry before it and one behind lead into it.
 */
export async function readTile(
  { times, column }: { readonly times: string; readonly column: string },
  rows: number,
  index: TimeIndex,
  { level, tile }: { readonly level: number; readonly tile: number },
): Promise<Float64Array> {
  const lengthUs = recordingTileUs(level);
  return withFile(times, async (timesFile) =>
    withFile(column, async (columnFile) => {
      const first = Math.max(0, (await firstAtOrAfter(timesFile, rows, index, tile * lengthUs)) - 1);
      const end = Math.min(rows, (await firstAtOrAfter(timesFile, rows, index, (tile + 1) * lengthUs)) + 1);
      return entriesBetween(timesFile, columnFile, rows, first, end);
    }),
  );
}

async function entriesBetween(
  times: FileHandle,
  column: FileHandle,
  rows: number,
  first: number,
  end: number,
): Promise<Float64Array> {
  let level = 0;
  while ((end - first) / factor ** level > mostInTile) level += 1;
  const size = factor ** level;
  const from = Math.floor(first / size);
  const count = Math.ceil(end / size) - from;
  const width = level === 0 ? 1 : 2;
  const at = levelStart(rows, level) + from * width;
  const [spans, values] = [await readNumbers(times, at, count * width), await readNumbers(column, at, count * width)];
  const entries = new Float64Array(count * tileFields);
  for (let entry = 0; entry < count; entry += 1) {
    entries[entry * tileFields] = spans[entry * width]!;
    entries[entry * tileFields + 1] = spans[entry * width + width - 1]!;
    entries[entry * tileFields + 2] = values[entry * width]!;
    entries[entry * tileFields + 3] = values[entry * width + width - 1]!;
  }
  return entries;
}

/** The first row at `us` or later; the number of rows where there is none. */
async function firstAtOrAfter(times: FileHandle, rows: number, index: TimeIndex, us: number): Promise<number> {
  // The first entry of the index that ends at this time or later holds it.
  let [low, high] = [0, index.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (index[middle * 2 + 1]! < us) low = middle + 1;
    else high = middle;
  }
  if (low === index.length / 2) return rows;
  const size = factor ** Math.min(indexLevel, levelSizes(rows).length - 1);
  const from = low * size;
  const within = await readNumbers(times, from, Math.min(size, rows - from));
  const found = within.findIndex((each) => each >= us);
  return from + (found < 0 ? within.length : found);
}

async function withFile<Result>(path: string, work: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const file = await open(path, 'r');
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
