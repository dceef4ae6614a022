import type { FileHandle } from 'node:fs/promises';
import { open, readFile, rename, rm } from 'node:fs/promises';
import type { FeatureFiles } from './feature-files.ts';
import { fileExists } from './file-exists.ts';
import { bytesPerNumber, npyHeaderBytes, numbersOf } from './npy.ts';
import { readFully } from './npy-file.ts';
import { isMissing } from '#main/failures/file-failure.ts';

/** How far an interrupted job came. */
export interface PartialRows {
  readonly rowCount: number;
  readonly dim: number;
  /** Time of the last good row, microseconds; `null` without rows. */
  readonly lastTimeUs: number | null;
}

/**
 * The rows of an unfinished file that are whole and sound, or `null` where there are none to go on from. A process may
 * have died in the middle of a row, and a machine may have lost power before its disk had the last blocks: rows that
 * are torn, zero, not finite or out of order at the end do not count.
 */
export async function inspectPartial(files: FeatureFiles): Promise<PartialRows | null> {
  const dim = await describedDim(files.description);
  if (dim === null) return null;
  try {
    await using features = await open(files.partialFeatures, 'r');
    await using times = await openTimes(files);
    const rowBytes = dim * bytesPerNumber[files.numbers];
    const featureRows = Math.floor(((await features.stat()).size - npyHeaderBytes) / rowBytes);
    const timeRows = Math.floor(((await times.stat()).size - npyHeaderBytes) / bytesPerNumber.float64);
    const whole = Math.max(0, Math.min(featureRows, timeRows));
    const timesUs = new Float64Array(whole);
    await readFully(times, new Uint8Array(timesUs.buffer), npyHeaderBytes, files.partialTimes);
    let rowCount = increasingCount(timesUs);
    const row = new Uint8Array(rowBytes);
    for (; rowCount > 0; rowCount -= 1) {
      const position = npyHeaderBytes + (rowCount - 1) * rowBytes;
      await readFully(features, row, position, files.partialFeatures);
      let squared = 0;
      for (const value of numbersOf(row.buffer, files.numbers)) squared += value * value;
      if (squared > 0 && squared < Infinity) break;
    }
    return { rowCount, dim, lastTimeUs: rowCount > 0 ? timesUs[rowCount - 1]! : null };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Undoes the first half of a finish that was interrupted, so that the partial files are a pair again. */
export async function reunitePartial(files: FeatureFiles): Promise<void> {
  if ((await fileExists(files.partialTimes)) || !(await fileExists(files.times))) return;
  await rename(files.times, files.partialTimes);
}

/** Removes what an unfinished run left; all is well where it left nothing. */
export async function removePartial(files: FeatureFiles): Promise<void> {
  await rm(files.partialFeatures, { force: true });
  await rm(files.partialTimes, { force: true });
}

/** Times that were already given their final name belong to the partial file as long as the features were not. */
async function openTimes(files: FeatureFiles): Promise<FileHandle> {
  return await open((await fileExists(files.partialTimes)) ? files.partialTimes : files.times, 'r');
}

async function describedDim(file: string): Promise<number | null> {
  try {
    const description: unknown = JSON.parse(await readFile(file, 'utf8'));
    const dim = typeof description === 'object' && description !== null && 'dim' in description && description.dim;
    return typeof dim === 'number' && Number.isInteger(dim) && dim > 0 ? dim : null;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return null;
    throw error;
  }
}

function increasingCount(timesUs: Float64Array): number {
  for (let index = 0; index < timesUs.length; index += 1) {
    if (!(timesUs[index]! > (index > 0 ? timesUs[index - 1]! : -Infinity))) return index;
  }
  return timesUs.length;
}
