import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { fileFailure } from '#main/failures/file-failure.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { FrameFeatures } from './frame-features.ts';
import { npyHeaderOf } from './npy.ts';

/** Segments of a video, as arrays of an `.npz`: `[M, 2]` seconds and `[M]` indices into the classes. */
export interface LabelledSpans {
  readonly segments: readonly { readonly startUs: number; readonly endUs: number; readonly label: number }[];
  readonly classes: readonly string[];
}

/** Where the times of an `.npy` go, or what else an `.npz` holds. */
export type FeaturesPacking =
  { readonly timesFile: string; readonly spans: null } | { readonly timesFile: null; readonly spans: LabelledSpans };

/** What a zip without its 64-bit extension holds, with room for the small arrays. */
const mostBytesOfZip = 2 ** 32 - 2 ** 24;

/**
 * Writes features `[N, D]` for numpy: an `.npy`, and their seconds `[N]` beside it, or an `.npz` with both and the
 * segments. Each file is whole or not there. Answers bytes and SHA-256 of `outFile`. Fails with `disk-full`, or with
 * `bad-input` where an `.npz` would be too large.
 */
export async function packFeatures(
  { features, timesUs, dim }: FrameFeatures,
  numbers: 'float32' | 'float16',
  outFile: string,
  { timesFile, spans }: FeaturesPacking,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const rows = timesUs.length;
  const seconds = arrayOf(
    '<f8',
    timesUs.map((us) => us / 1_000_000),
    [rows],
  );
  const array =
    numbers === 'float16'
      ? arrayOf('<f2', Float16Array.from(features), [rows, dim])
      : arrayOf('<f4', features, [rows, dim]);
  if (spans === null) {
    await writeWhole(timesFile, seconds);
    return writeWhole(outFile, array);
  }
  if (array.length > mostBytesOfZip)
    throw new Failure(
      'bad-input',
      say('{{file}} would be too large for one file: choose npy.', { file: path.basename(outFile) }),
    );
  const { segments, classes } = spans;
  const edges = Float64Array.from(segments.flatMap(({ startUs, endUs }) => [startUs / 1_000_000, endUs / 1_000_000]));
  const arrays: Zippable = {
    'features.npy': array,
    'times.npy': seconds,
    'segments.npy': arrayOf('<f8', edges, [segments.length, 2]),
    'labels.npy': arrayOf(
      '<i4',
      Int32Array.from(segments, ({ label }) => label),
      [segments.length],
    ),
    'classes.npy': textsOf(classes),
  };
  // Numbers hardly shrink, and numpy maps nothing that is packed; the date is fixed so that the same makes the same.
  return writeWhole(outFile, zipSync(arrays, { level: 0, mtime: '1980-01-01T12:00:00' }));
}

function arrayOf(descriptor: string, data: NodeJS.TypedArray, shape: readonly number[]): Uint8Array {
  const header = npyHeaderOf(descriptor, shape);
  const file = new Uint8Array(header.length + data.byteLength);
  file.set(header);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return file;
}

/** Texts as numpy keeps them: as many code points each as the longest has, of four bytes. */
function textsOf(texts: readonly string[]): Uint8Array {
  const points = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0)!));
  const length = Math.max(1, ...points.map((one) => one.length));
  const data = new Uint32Array(texts.length * length);
  for (const [index, one] of points.entries()) data.set(one, index * length);
  return arrayOf(`<U${length}`, data, [texts.length]);
}

async function writeWhole(file: string, bytes: Uint8Array) {
  const partial = `${file}.partial`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(partial, bytes, { flush: true });
    await rename(partial, file);
  } catch (error) {
    throw fileFailure(error, file) ?? error;
  } finally {
    await rm(partial, { force: true });
  }
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
