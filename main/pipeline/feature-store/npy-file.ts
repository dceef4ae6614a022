import type { FileHandle } from 'node:fs/promises';
import { open, rename } from 'node:fs/promises';
import { budgets } from '#preload/domain/budgets.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import type { NpyArray, NpyHeader, NpyType } from './npy.ts';
import { bytesPerNumber, npyHeader, numbersOf, readNpyHeader } from './npy.ts';

/** Bytes at a file's beginning that its header is looked for in. */
export const longestHeader = 4096;

/**
 * Reads a .npy file straight into its array, so that a long video's features are in memory once.
 * Fails with `bad-input` where the file is no such array or its length is not what its header says.
 */
export async function loadNpy(file: string): Promise<NpyArray> {
  await using handle = await open(file, 'r');
  const { dtype, shape, byteOffset } = await checkedHeader(handle, file);
  const count = product(shape);
  const bytes = new Uint8Array(count * bytesPerNumber[dtype]);
  await readFully(handle, bytes, byteOffset, file);
  return { data: numbersOf(bytes.buffer, dtype), shape };
}

/** Whether a .npy file holds nothing but numbers, a piece at a time. Fails as `loadNpy`. */
export async function holdsNumbers(file: string): Promise<boolean> {
  await using handle = await open(file, 'r');
  const { dtype, shape, byteOffset } = await checkedHeader(handle, file);
  const end = byteOffset + product(shape) * bytesPerNumber[dtype];
  for (let at = byteOffset; at < end; at += pieceBytes) {
    const bytes = new Uint8Array(Math.min(pieceBytes, end - at));
    await readFully(handle, bytes, at, file);
    const numbers = numbersOf(bytes.buffer, dtype);
    if (!numbers.every((each) => Number.isFinite(each))) return false;
  }
  return true;
}

const pieceBytes = 1 << 22;

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The header of an open file that is as long as it says, and no longer than arrays may be. */
async function checkedHeader(handle: FileHandle, file: string): Promise<NpyHeader> {
  const { size } = await handle.stat();
  const start = new Uint8Array(Math.min(size, longestHeader));
  await readFully(handle, start, 0, file);
  const header = headerOfWhole(start, size, file);
  const bytes = size - header.byteOffset;
  if (bytes > budgets.arrayBytes) {
    throw new Failure(
      'bad-input',
      say('{{file}} holds {{bytes}} bytes of numbers, more than the {{most}} that are read. Delete it and run again.', {
        file,
        bytes,
        most: budgets.arrayBytes,
      }),
    );
  }
  return header;
}

/** What the `start` of a file says of it, where it is as long as that. Fails with `bad-input`. */
export function headerOfWhole(start: Uint8Array, size: number, file: string): NpyHeader {
  const header = readNpyHeader(start, file);
  if (size !== header.byteOffset + product(header.shape) * bytesPerNumber[header.dtype]) {
    throw new Failure(
      'bad-input',
      say('{{file}} is damaged: its length is not what its header says. Delete it and run again.', { file }),
    );
  }
  return header;
}

/** Fills `bytes` from `position` on; fails where the file ends before. */
export async function readFully(handle: FileHandle, bytes: Uint8Array, position: number, file: string): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) throw new Failure('bad-input', say('{{file}} is cut off. Delete it and run again.', { file }));
    done += bytesRead;
  }
}

/** Writes all of `bytes` at `position`. */
export async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Tells writers of one file apart, who may be at it at the same time. */
let writes = 0;

/** Writes an array `[N]` or `[N, D]` as a `.npy` file that appears whole or not at all, whenever the program or the power ends. */
export async function writeWholeNpy(
  file: string,
  { data, shape }: NpyArray,
  dtype: NpyType = data instanceof Float32Array ? 'float32' : 'float64',
): Promise<void> {
  writes += 1;
  const partial = `${file.slice(0, -'.npy'.length)}.${process.pid}-${writes}.npy.partial`;
  {
    await using handle = await open(partial, 'w');
    const header = npyHeader(dtype, shape);
    const { buffer, byteOffset, byteLength } = dtype === 'float16' ? new Float16Array(data) : data;
    await writeFully(handle, header, 0);
    await writeFully(handle, new Uint8Array(buffer, byteOffset, byteLength), header.length);
    await handle.sync();
  }
  await rename(partial, file);
}
