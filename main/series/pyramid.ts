import { open, type FileHandle } from 'node:fs/promises';

/** Each level holds the lowest and highest of so many entries of the one before. */
export const factor = 4;

/** Entries of each level of a pyramid over so many samples: the samples first, one entry last. */
export function levelSizes(samples: number): number[] {
  const sizes = [samples];
  while (sizes.at(-1)! > 1) sizes.push(Math.ceil(sizes.at(-1)! / factor));
  return sizes;
}

/** Where a level begins in the file, in numbers: samples are one number each, envelopes are two. */
export function levelStart(samples: number, level: number): number {
  const sizes = levelSizes(samples);
  return sizes.slice(0, level).reduce((sum, size, index) => sum + size * (index === 0 ? 1 : 2), 0);
}

/** Entries that are folded at a time. */
const pieceEntries = 1 << 15;

/**
 * The envelope `[ceil(n / 4), 2]` of entries: of samples `[n]`, or of envelopes `[n, 2]`. What is not a number is passed
 * over; where there is nothing else, the envelope is not a number either. Pure.
 */
export function foldEnvelopes(values: Float64Array, areSamples: boolean): Float64Array {
  const width = areSamples ? 1 : 2;
  const count = values.length / width;
  const folded = new Float64Array(Math.ceil(count / factor) * 2).fill(Number.NaN);
  for (let at = 0; at < count; at += 1) {
    const into = Math.floor(at / factor) * 2;
    const low = values[at * width]!;
    const high = values[at * width + width - 1]!;
    if (Number.isNaN(low)) continue;
    if (!(folded[into]! <= low)) folded[into] = low;
    if (!(folded[into + 1]! >= high)) folded[into + 1] = high;
  }
  return folded;
}

/**
 * Adds to a file of `samples` numbers all envelopes above them, level after level. Memory stays that of one piece.
 * `between` is called after every piece, and may give up.
 */
export async function buildPyramid(path: string, samples: number, between: () => Promise<void>): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const sizes = levelSizes(samples);
    for (let level = 1; level < sizes.length; level += 1) {
      const from = levelStart(samples, level - 1);
      let to = levelStart(samples, level);
      const width = level === 1 ? 1 : 2;
      for (let at = 0; at < sizes[level - 1]!; at += pieceEntries) {
        const count = Math.min(pieceEntries, sizes[level - 1]! - at);
        const folded = foldEnvelopes(await readNumbers(file, from + at * width, count * width), level === 1);
        await file.write(new Uint8Array(folded.buffer), 0, folded.byteLength, to * 8);
        to += folded.length;
        await between();
      }
    }
  } finally {
    await file.close();
  }
}

/** So many numbers of a file from the `at`th on. Fails where it ends before. */
export async function readNumbers(file: FileHandle, at: number, count: number): Promise<Float64Array> {
  const numbers = new Float64Array(count);
  const bytes = new Uint8Array(numbers.buffer);
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at * 8 + done);
    if (bytesRead === 0) throw new Error('a file of values is shorter than it should be');
    done += bytesRead;
  }
  return numbers;
}
