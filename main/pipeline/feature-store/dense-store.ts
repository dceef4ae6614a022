import { createHash } from 'node:crypto';
import path from 'node:path';
import { isMissing } from '#main/failures/file-failure.ts';
import { makeFolder } from '#main/failures/make-folder.ts';
import { Failure } from '#preload/domain/failure.ts';
import { featureName, type FeatureKey } from './feature-key.ts';
import { forgetFiles } from './forget-files.ts';
import { loadNpy, writeWholeNpy } from './npy-file.ts';
import { storageFailure } from './storage-failure.ts';

/** All that dense features depend on: the frame features that they were made from, and the modules they passed through. */
export interface DenseKey {
  readonly features: FeatureKey;
  /** Identities, in the order in which features pass through them. */
  readonly modules: readonly string[];
}

/** Between the names of frame features and of what temporal modules made of them. */
const mark = '-dense-';

/** The file's name: beside the frame features', and telling of each module, so that what a module made can be found. */
export const denseName = ({ features, modules }: DenseKey): string =>
  `${featureName(features)}${mark}${modules.map(moduleMark).join('-')}.npy`;

const moduleMark = (module: string): string => createHash('sha256').update(module).digest('hex').slice(0, 16);

/** `[N, D]` stored dense features; null where there are none, or none that are whole: they are made anew then. */
export async function readDense(
  folder: string,
  key: DenseKey,
  shape: readonly [rows: number, dim: number],
): Promise<Float32Array | null> {
  try {
    const { data, shape: found } = await loadNpy(path.join(folder, denseName(key)));
    const isWhole = data instanceof Float32Array && found.length === 2 && found.every((n, at) => n === shape[at]);
    return isWhole ? data : null;
  } catch (error) {
    if (isMissing(error) || (error instanceof Failure && error.code === 'bad-input')) return null;
    throw error;
  }
}

/** Keeps dense features `[N, D]`, whole or not at all. Fails with `disk-full`, `forbidden` or `read-only`. */
export async function keepDense(
  folder: string,
  key: DenseKey,
  data: Float32Array,
  shape: readonly [rows: number, dim: number],
): Promise<void> {
  const file = path.join(folder, denseName(key));
  try {
    makeFolder(folder);
    await writeWholeNpy(file, { data, shape });
  } catch (error) {
    throw storageFailure(error, file);
  }
}

/** Forgets what modules made of the features with a key, whichever modules. */
export const forgetDenseOf = (folder: string, key: FeatureKey): Promise<void> =>
  forgetFiles(folder, (name) => name.startsWith(`${featureName(key)}${mark}`));

/** Forgets what a module made of any features. */
export const forgetDenseBy = (folder: string, module: string): Promise<void> =>
  forgetFiles(folder, (name) => name.includes(mark) && name.split(mark)[1]!.includes(moduleMark(module)));
