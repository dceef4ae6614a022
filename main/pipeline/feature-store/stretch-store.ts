import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import writeFileAtomic from 'write-file-atomic';
import { isMissing } from '#main/failures/file-failure.ts';
import { makeFolder } from '#main/failures/make-folder.ts';
import { Failure } from '#preload/domain/failure.ts';
import type { Stretches } from '../retrieve/stretches.ts';
import { denseName, type DenseKey } from './dense-store.ts';
import { featureName, type FeatureKey } from './feature-key.ts';
import { forgetFiles } from './forget-files.ts';
import { storageFailure } from './storage-failure.ts';

const mark = '-stretches';
/** Of the format, and of how stretches are cut: others are made anew. */
const version = 1;
/** Version, width, number of stretches, checksum of what follows, distance of samples. */
const headerBytes = 24;

/** The file's name: beside what the stretches were made of, and forgotten with it. */
export const stretchName = (key: DenseKey): string =>
  `${key.modules.length === 0 ? featureName(key.features) : path.basename(denseName(key), '.npy')}${mark}`;

/** A video's stretches as they were kept; `damaged` where the file is not what was written. */
export async function readStretches(folder: string, key: DenseKey): Promise<Stretches | 'absent' | 'damaged'> {
  const bytes = await readFile(path.join(folder, stretchName(key))).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (bytes === null) return 'absent';
  if (bytes.length < headerBytes) return 'damaged';
  const [written, dim, count, sum] = [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  if (written !== version) return 'absent';
  const body = bytes.subarray(headerBytes);
  if (body.length !== count * (4 + 2 + dim) || crc32(body) !== sum) return 'damaged';
  const { buffer } = Uint8Array.from(body);
  return {
    dim,
    stepS: bytes.readDoubleLE(16),
    scales: new Float32Array(buffer, 0, count),
    lengths: new Uint16Array(buffer, 4 * count, count),
    codes: new Int8Array(buffer, 6 * count, count * dim),
  };
}

/** Keeps a video's stretches, whole or not at all; where nothing can be written they are made anew the next time. */
export async function keepStretches(folder: string, key: DenseKey, made: Stretches): Promise<void> {
  const { dim, stepS, scales, lengths, codes } = made;
  const file = path.join(folder, stretchName(key));
  const body = Buffer.concat(
    [scales, lengths, codes].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
  const header = Buffer.alloc(headerBytes);
  [version, dim, lengths.length, crc32(body)].forEach((value, at) => header.writeUInt32LE(value, 4 * at));
  header.writeDoubleLE(stepS, 16);
  try {
    makeFolder(folder);
    await writeFileAtomic(file, Buffer.concat([header, body]), { fsync: false });
  } catch (error) {
    if (!(storageFailure(error, file) instanceof Failure)) throw error;
  }
}

/** Forgets the stretches that were made of the features with a key, as they are or as modules see them. */
export const forgetStretchesOf = (folder: string, key: FeatureKey): Promise<void> =>
  forgetFiles(folder, (name) => name.startsWith(`${featureName(key)}-`) && name.endsWith(mark));
