import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Failure } from '#preload/domain/failure.ts';
import { say } from '#preload/domain/saying.ts';
import { rowDot } from '../vectors/similarity.ts';
import { headerOfWhole, longestHeader } from './npy-file.ts';
import { bytesPerNumber, numbersOf, ofHalf, type NpyHeader } from './npy.ts';

/** What was read last. New memory for each read would take longer than reading. */
let scratch = new ArrayBuffer(0);

/** Rows of a `.npy` file `[N, D]`, read or compared where they lie: a few of them need no more than a few reads. */
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
      if (dim === undefined)
        throw new Failure('bad-input', say('{{file}} holds numbers in one line, not in rows.', { file }));
      [this.count, this.dim] = [count!, dim];
    } catch (error) {
      closeSync(this.#descriptor);
      throw error;
    }
  }

  /** `[to - from, D]`. */
  read(from: number, to: number): Float32Array {
    const bytes = new Uint8Array(this.#bytesOf(to - from));
    this.#readInto(bytes, from);
    const numbers = numbersOf(bytes.buffer, this.#header.dtype);
    return numbers instanceof Float32Array ? numbers : new Float32Array(numbers);
  }

  /** `[to - from]` dot products of some rows with a vector `[D]`. */
  dots(from: number, to: number, vector: Float64Array): Float64Array {
    const length = this.#bytesOf(to - from);
    if (scratch.byteLength < length) scratch = new ArrayBuffer(length);
    this.#readInto(new Uint8Array(scratch, 0, length), from);
    const count = (to - from) * this.dim;
    const { dtype } = this.#header;
    if (dtype === 'float16') return dotsOfHalves(new Uint16Array(scratch, 0, count), vector);
    const rows = new (dtype === 'float32' ? Float32Array : Float64Array)(scratch, 0, count);
    const narrow = rows instanceof Float32Array ? rows : new Float32Array(rows);
    return Float64Array.from({ length: to - from }, (_, row) => rowDot(narrow, row, vector));
  }

  #bytesOf(rows: number): number {
    return rows * this.dim * bytesPerNumber[this.#header.dtype];
  }

  #readInto(bytes: Uint8Array, from: number): void {
    const start = this.#header.byteOffset + this.#bytesOf(from);
    for (let done = 0; done < bytes.length;) {
      const read = readSync(this.#descriptor, bytes, done, bytes.length - done, start + done);
      if (read === 0) throw new Failure('bad-input', say('A file of features ends before its last row.'));
      done += read;
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}

/** Of rows `[N, D]` in the bits of float16. */
function dotsOfHalves(rows: Uint16Array, vector: Float64Array): Float64Array {
  const dim = vector.length;
  const dots = new Float64Array(rows.length / dim);
  for (let row = 0; row < dots.length; row += 1) {
    const offset = row * dim;
    // Two sums in turns, so that one addition need not wait for the other.
    let [even, odd] = [0, 0];
    for (let index = 0; index + 1 < dim; index += 2) {
      even += ofHalf[rows[offset + index]!]! * vector[index]!;
      odd += ofHalf[rows[offset + index + 1]!]! * vector[index + 1]!;
    }
    if (dim % 2 === 1) even += ofHalf[rows[offset + dim - 1]!]! * vector[dim - 1]!;
    dots[row] = even + odd;
  }
  return dots;
}
