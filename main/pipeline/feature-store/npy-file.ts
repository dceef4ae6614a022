import type { FileHandle } from 'node:fs/promises';
import { open, rename } from 'node:fs/promises';
import { Failure } from '#preload/domain/failure.ts';
import type { NpyArray } from './npy.ts';
import { bytesPerNumber, npyHeader, readNpyHeader } from './npy.ts';

const longestHeader = 4096;

/**
 * Reads a .npy file straight into its array, so that a long video's features are in memory once.
 * Fails with `bad-input` where the file is no such array or its length is not what its header says.
 */
export async function loadNpy(file: string): Promise<NpyArray> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  const start = new Uint8Array(Math.min(size, longestHeader));
  await readFully(handle, start, 0, file);
  const { dtype, shape, byteOffset } = readNpyHeader(start, file);
  const count = shape.reduce((a, b) => a * b, 1);
  if (size !== byteOffset + count * bytesPerNumber[dtype]) {
    throw new Failure(
      'bad-input',
      `${file} is damaged: its length is not what its header says. Delete it and run again.`,
    );
  }
  const data = dtype === 'float32' ? new Float32Array(count) : new Float64Array(count);
  await readFully(handle, new Uint8Array(data.buffer), byteOffset, file);
  return { data, shape };
}

/** Fills `bytes` from `position` on; fails where the file ends before. */
export async function readFully(handle: FileHandle, bytes: Uint8Array, position: number, file: string): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) throw new Failure('bad-input', `${file} is cut off. Delete it and run again.`);
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

/** Writes an array as a `.npy` file that appears whole or not at all, whenever the program or the power ends. */
export async function writeWholeNpy(file: string, { data, shape }: NpyArray): Promise<void> {
  writes += 1;
  const partial = `${file.slice(0, -'.npy'.length)}.${process.pid}-${writes}.npy.partial`;
  {
    await using handle = await open(partial, 'w');
    const header = npyHeader(data instanceof Float32Array ? 'float32' : 'float64', shape);
    await writeFully(handle, header, 0);
    await writeFully(handle, new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
    await handle.sync();
  }
  await rename(partial, file);
}
