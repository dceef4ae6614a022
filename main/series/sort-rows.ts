import { readFile, writeFile } from 'node:fs/promises';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';

/** So many rows are put in order in memory, 24 bytes each at a time. */
const mostSorted = 20_000_000;

/**
 * Puts the rows of files of numbers in the order of their times, the first of `files`, which then count from the earliest;
 * rows of one time stay as they came.
 * Fails with `bad-input` where there are too many.
 */
export async function sortRows(files: readonly string[], rows: number, name: string): Promise<void> {
  if (rows > mostSorted)
    throw new Failure(
      'bad-input',
      say(
        'The times in {{name}} go back and forth, and {{rows}} rows are too many to put in order here: sort the file by its time column and add it again.',
        { name, rows },
      ),
    );
  const times = await numbersOf(files[0]!);
  const order = Uint32Array.from({ length: rows }, (_, index) => index).sort((a, b) => times[a]! - times[b]! || a - b);
  const firstUs = times[order[0]!]!;
  await writeFile(
    files[0]!,
    Float64Array.from(order, (index) => times[index]! - firstUs),
  );
  for (const file of files.slice(1)) {
    const values = await numbersOf(file);
    await writeFile(
      file,
      Float64Array.from(order, (index) => values[index]!),
    );
  }
}

async function numbersOf(file: string): Promise<Float64Array> {
  const bytes = await readFile(file);
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 3);
}
