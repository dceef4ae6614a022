import type { FileHandle } from 'node:fs/promises';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import type { FeatureFiles } from './feature-files.ts';
import { bytesPerNumber, npyHeader, npyHeaderBytes } from './npy.ts';
import { writeFully } from './npy-file.ts';
import type { PartialRows } from './partial-features.ts';
import { storageFailure } from './storage-failure.ts';

/**
 * Writes a video's features row by row. Until `finish`, what is there can be gone on from by another appender, also
 * after this process was killed; it is never taken for complete. One appender a key at a time; await each call.
 */
export class FeatureAppender {
  readonly dim: number;
  #rowCount: number;
  #lastTimeUs: number | null;
  readonly #files: FeatureFiles;
  readonly #features: FileHandle;
  readonly #times: FileHandle;

  private constructor(files: FeatureFiles, rows: PartialRows, features: FileHandle, times: FileHandle) {
    this.#files = files;
    this.dim = rows.dim;
    this.#rowCount = rows.rowCount;
    this.#lastTimeUs = rows.lastTimeUs;
    this.#features = features;
    this.#times = times;
  }

  /** Opens the partial files to go on after their `rows`; creates them where there are no rows yet. */
  static async open(files: FeatureFiles, rows: PartialRows): Promise<FeatureAppender> {
    const flags = rows.rowCount > 0 ? 'r+' : 'w+';
    const features = await open(files.partialFeatures, flags).catch((error: unknown) => {
      throw storageFailure(error, files.partialFeatures);
    });
    const times = await open(files.partialTimes, flags).catch(async (error: unknown) => {
      await features.close();
      throw storageFailure(error, files.partialTimes);
    });
    const appender = new FeatureAppender(files, rows, features, times);
    try {
      await appender.#writeHeaders(0);
    } catch (error) {
      await appender.close();
      throw storageFailure(error, files.partialFeatures);
    }
    return appender;
  }

  /** Rows written so far, those of an interrupted job included. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** Time of the last row, after which the job goes on; `null` at the beginning. */
  get lastTimeUs(): number | null {
    return this.#lastTimeUs;
  }

  /**
   * Adds rows `[n, D]` with their times `[n]`, later than all before. Fails with `disk-full` or `read-only`; the rows
   * before stay good.
   */
  async append(features: Float32Array, timesUs: Float64Array): Promise<void> {
    if (features.length !== timesUs.length * this.dim) throw new RangeError('each feature row needs one time');
    let last = this.#lastTimeUs ?? -Infinity;
    for (const time of timesUs) {
      if (!(time > last)) throw new RangeError(`feature times must increase: ${time} follows ${last}`);
      last = time;
    }
    try {
      const kept = this.#files.numbers === 'float16' ? new Float16Array(features) : features;
      await writeFully(this.#features, bytesOf(kept), this.#rowEnd(this.#rowBytes));
      await writeFully(this.#times, bytesOf(timesUs), this.#rowEnd(bytesPerNumber.float64));
    } catch (error) {
      throw storageFailure(error, this.#files.partialFeatures);
    }
    this.#rowCount += timesUs.length;
    if (timesUs.length > 0) this.#lastTimeUs = last;
  }

  /** Makes the features complete under their final names and closes; at least one row is needed. */
  async finish(): Promise<void> {
    if (this.#rowCount === 0) throw new RangeError('there are no features to finish');
    try {
      await this.#features.truncate(this.#rowEnd(this.#rowBytes));
      await this.#times.truncate(this.#rowEnd(bytesPerNumber.float64));
      await this.#writeHeaders(this.#rowCount);
      await this.#features.sync();
      await this.#times.sync();
      await this.close();
      await rename(this.#files.partialTimes, this.#files.times);
      // From here on the features are complete.
      await rename(this.#files.partialFeatures, this.#files.features);
      await syncFolder(path.dirname(this.#files.features));
    } catch (error) {
      throw storageFailure(error, this.#files.features);
    }
  }

  /** Stops here; the rows stay for whoever goes on. */
  async close(): Promise<void> {
    await this.#features.close();
    await this.#times.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #writeHeaders(rowCount: number): Promise<void> {
    await writeFully(this.#features, npyHeader(this.#files.numbers, [rowCount, this.dim]), 0);
    await writeFully(this.#times, npyHeader('float64', [rowCount]), 0);
  }

  get #rowBytes(): number {
    return this.dim * bytesPerNumber[this.#files.numbers];
  }

  #rowEnd(rowBytes: number): number {
    return npyHeaderBytes + this.#rowCount * rowBytes;
  }
}

const bytesOf = (numbers: Float16Array | Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Makes renames last through a power cut, on systems where a folder can be opened. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}
