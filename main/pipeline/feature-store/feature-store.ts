import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { isMissing } from '#main/failures/file-failure.ts';
import { makeFolder } from '#main/failures/make-folder.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { forgetDenseOf } from './dense-store.ts';
import { FeatureAppender } from './feature-appender.ts';
import type { FeatureFiles } from './feature-files.ts';
import { featureFiles } from './feature-files.ts';
import type { FeatureKey } from './feature-key.ts';
import { fileExists } from './file-exists.ts';
import type { FrameFeatures } from './frame-features.ts';
import { loadNpy, writeWholeNpy } from './npy-file.ts';
import type { PartialRows } from './partial-features.ts';
import { inspectPartial, removePartial, reunitePartial } from './partial-features.ts';
import { forgetStagesOf } from './stage-store.ts';
import { storageFailure } from './storage-failure.ts';
import { forgetStretchesOf } from './stretch-store.ts';

/** What the store has under a key. */
export type FeatureState =
  | { readonly state: 'complete'; readonly video: FrameFeatures }
  | ({ readonly state: 'partial' } & PartialRows)
  | { readonly state: 'absent' };

/** A project's `features/` folder: one pair of .npy files, features and times, for each key. */
export class FeatureStore {
  readonly #folder: string;

  /** The folder need not exist, its parent must; it appears with the first features. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Complete features, or how far an interrupted job came, or neither. Fails with `bad-input` (see `areDamaged`) where
   * complete features were damaged afterwards; they are set aside then, so that they count as absent.
   */
  async open(key: FeatureKey): Promise<FeatureState> {
    const files = this.#files(key);
    const video = await loadComplete(files).catch((error: unknown) =>
      // Another process began them anew while they were read.
      isMissing(error) ? null : setAside(files, error),
    );
    if (video) return { state: 'complete', video };
    const rows = await inspectPartial(files);
    return rows && rows.rowCount > 0 ? { state: 'partial', ...rows } : { state: 'absent' };
  }

  /** `[N]` times of complete features, microseconds. Fails with `bad-input` where they are damaged. */
  async timesOf(key: FeatureKey): Promise<Float64Array> {
    const file = this.#files(key).times;
    const { data } = await loadNpy(file);
    if (data instanceof Float64Array && data.length > 0) return data;
    throw new Failure('bad-input', say('{{file}} holds no times. Delete it and run again.', { file }));
  }

  /** Where complete features with this key are or will be. */
  filesOf(key: FeatureKey): { readonly features: string; readonly times: string } {
    const { features, times } = this.#files(key);
    return { features, times };
  }

  /**
   * Starts writing features, or goes on where an interrupted job stopped: see the appender's `rowCount` and
   * `lastTimeUs`. Complete features with this key are forgotten. Fails with `disk-full` or `read-only`.
   */
  async append(key: FeatureKey, dim: number): Promise<FeatureAppender> {
    const files = this.#files(key);
    try {
      await this.#makeRoom(key);
      await reunitePartial(files);
      const rows = await inspectPartial(files);
      if (rows && rows.rowCount > 0 && rows.dim === dim) return await FeatureAppender.open(files, rows);
      await removePartial(files);
      await this.#describe(key, dim);
      return await FeatureAppender.open(files, { rowCount: 0, dim, lastTimeUs: null });
    } catch (error) {
      throw storageFailure(error, files.partialFeatures);
    }
  }

  /**
   * Stores complete features that were computed elsewhere. Complete features with this key are forgotten. Fails with
   * `disk-full` or `read-only`.
   */
  async take(key: FeatureKey, { features, timesUs, dim }: FrameFeatures): Promise<void> {
    const files = this.#files(key);
    try {
      await this.#makeRoom(key);
      await this.#describe(key, dim);
      await writeWholeNpy(files.times, { data: timesUs, shape: [timesUs.length] });
      await writeWholeNpy(files.features, { data: features, shape: [timesUs.length, dim] }, files.numbers);
      await removePartial(files);
    } catch (error) {
      throw storageFailure(error, files.features);
    }
  }

  /**
   * Makes complete features in float16 of those that are kept in float32 under an otherwise equal key, which go; each
   * number moves by 2⁻¹¹ of itself at most. Whether there were any. Fails with `disk-full` or `read-only`.
   */
  async halve(key: FeatureKey): Promise<boolean> {
    const { numbers, ...whole } = key;
    if (numbers === undefined) return false;
    const found = await this.open(whole);
    if (found.state !== 'complete') return false;
    await this.take(key, found.video);
    await this.remove(whole);
    return true;
  }

  /** Forgets all there is under a key, complete or not. */
  async remove(key: FeatureKey): Promise<void> {
    const files = this.#files(key);
    try {
      // The features first: without them nothing counts as complete.
      for (const file of [files.features, files.times, files.description]) await rm(file, { force: true });
      await this.#forgetMadeOf(key);
      await removePartial(files);
    } catch (error) {
      throw storageFailure(error, files.features);
    }
  }

  async #makeRoom(key: FeatureKey): Promise<void> {
    makeFolder(this.#folder);
    await rm(this.#files(key).features, { force: true });
    // What was made of them is as old as they are.
    await this.#forgetMadeOf(key);
  }

  /** Whole or not at all, so that a partial file is never read with half a description. */
  async #describe(key: FeatureKey, dim: number): Promise<void> {
    await writeFileAtomic(this.#files(key).description, `${JSON.stringify({ ...key, dim }, null, 2)}\n`);
  }

  async #forgetMadeOf(key: FeatureKey): Promise<void> {
    await forgetDenseOf(this.#folder, key);
    await forgetStagesOf(this.#folder, key);
    await forgetStretchesOf(this.#folder, key);
  }

  #files(key: FeatureKey): FeatureFiles {
    return featureFiles(this.#folder, key);
  }
}

interface DamagedFeatures extends Failure {
  readonly details: { readonly damagedFeatures: true };
}

/** Whether an error says that features were damaged and are set aside: whoever asks again computes them anew. */
export const areDamaged = (error: unknown): error is DamagedFeatures =>
  error instanceof Failure && error.details['damagedFeatures'] === true;

async function setAside(files: FeatureFiles, error: unknown): Promise<never> {
  if (!(error instanceof Failure) || error.code !== 'bad-input') throw error;
  const aside = `${files.features}.damaged`;
  try {
    await rename(files.features, aside);
    await rename(files.times, `${files.times}.damaged`).catch(() => undefined);
  } catch {
    throw error;
  }
  const said = say(
    '{{file}} was damaged; it is set aside as {{aside}}, and computed anew when the video is proposed in again.',
    { file: files.features, aside: path.basename(aside) },
  );
  throw new Failure('bad-input', said, { damagedFeatures: true }, { cause: error });
}

async function loadComplete(files: FeatureFiles): Promise<FrameFeatures | null> {
  if (!(await fileExists(files.features))) return null;
  const features = await loadNpy(files.features);
  const times = await loadNpy(files.times);
  const [rowCount, dim] = features.shape;
  if (
    !(features.data instanceof Float32Array) ||
    !(times.data instanceof Float64Array) ||
    dim === undefined ||
    times.shape.length !== 1 ||
    times.data.length !== rowCount ||
    !features.data.every(Number.isFinite) ||
    !times.data.every((timeUs, row) => timeUs > (row === 0 ? -Infinity : times.data[row - 1]!))
  ) {
    throw new Failure(
      'bad-input',
      say('{{file}} and its times do not belong together. Delete both and run again.', { file: files.features }),
    );
  }
  return { features: features.data, timesUs: times.data, dim };
}
