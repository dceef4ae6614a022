import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Failure } from '#preload/domain/failure.ts';
import { headerOfWhole, longestHeader } from './npy-file.ts';
import { bytesPerNumber, numbersOf, type NpyHeader } from './npy.ts';

/** Rows of a `.npy` file `[N, D]`, read where they lie: a few of them need no more than a few reads. */
export class NpyRows implements Disposable {
  readonly count: number;
  readonly dim: number;
  readonly #descriptor: number;
  readonly #header: NpyHeader;

  /** Fails with the system's error where there is no such file, and with `bad-input` where it is no such array. */
  constructor(file: string) {
    this.#descriptor = openSync(file, 'r');
    try {
      const start = new Uint8Array(longestHeader);
      const length = readSync(this.#descriptor, start, 0, longestHeader, 0);
      this.#header = headerOfWhole(start.subarray(0, length), fstatSync(this.#descriptor).size, file);
      const [count, dim] = this.#header.shape;
      if (dim === undefined) throw new Failure('bad-input', `${file} holds numbers in one line, not in rows.`);
      [this.count, this.dim] = [count!, dim];
    } catch (error) {
      closeSync(this.#descriptor);
      throw error;
    }
  }

  /** `[to - from, D]`. */
  read(from: number, to: number): Float32Array {
    const { dtype, byteOffset } = this.#header;
    const rowBytes = this.dim * bytesPerNumber[dtype];
    const bytes = new Uint8Array((to - from) * rowBytes);
    for (let done = 0; done < bytes.length;) {
      const read = readSync(this.#descriptor, bytes, done, bytes.length - done, byteOffset + from * rowBytes + done);
      if (read === 0) throw new Failure('bad-input', 'A file of features ends before its last row.');
      done += read;
    }
    const numbers = numbersOf(bytes.buffer, dtype);
    return numbers instanceof Float32Array ? numbers : new Float32Array(numbers);
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}
