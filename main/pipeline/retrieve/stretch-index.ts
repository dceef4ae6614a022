import type { Stretches } from './stretches.ts';
import { codesOf } from './stretches.ts';

/** Finds the rows `[N, D]` of codes whose cosine with a query is highest, the best `count`, best first. */
export type NearestRows = (
  rows: Int8Array,
  query: Int8Array,
  dim: number,
  count: number,
) => { readonly keys: BigUint64Array; readonly distances: Float32Array };

/** A stretch of a video that may fit a query. */
export interface StretchHit {
  readonly name: string;
  /** Samples, half-open. */
  readonly start: number;
  readonly end: number;
  /** Cosine of the mean of its samples with the query. */
  readonly cosine: number;
}

interface Entry extends Pick<Stretches, 'scales' | 'stepS'> {
  readonly name: string;
  /** Row of its first stretch, among all. */
  readonly firstRow: number;
  /** `[S + 1]` first sample of each stretch, and the number of samples. */
  readonly starts: Uint32Array;
}

/** Rows in one piece of memory: a query looks at piece after piece. */
const rowsInPiece = 2 ** 15;
/** So many stretches tell what similarity is usual in a video. */
const samplesOfUsual = 256;
/** So many rows a piece is asked for first, and so many times as many each time that those are used up. */
const askedFirst = 32;
const askedMore = 8;

/**
 * The stretches of many videos in memory, compared with a query one and all: what is found depends on no graph and on no
 * training, and a video is added by writing its rows behind the others'.
 */
export class StretchIndex {
  readonly dim: number;
  readonly #nearest: NearestRows;
  readonly #pieces: Int8Array[] = [];
  readonly #entries: Entry[] = [];
  readonly #byName = new Map<string, Entry>();
  #rowCount = 0;

  constructor(dim: number, nearest: NearestRows) {
    this.dim = dim;
    this.#nearest = nearest;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  get bytes(): number {
    return this.#pieces.length * rowsInPiece * this.dim;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  names(): Iterable<string> {
    return this.#byName.keys();
  }

  /** Rows of one of its videos; 0 where it has none such. */
  rowsOf(name: string): number {
    return (this.#byName.get(name)?.starts.length ?? 1) - 1;
  }

  add(name: string, { dim, stepS, lengths, scales, codes }: Stretches): void {
    if (dim !== this.dim) throw new RangeError(`stretches of ${dim} in an index of ${this.dim}`);
    const starts = new Uint32Array(lengths.length + 1);
    lengths.forEach((length, at) => (starts[at + 1] = starts[at]! + length));
    const entry = { name, stepS, firstRow: this.#rowCount, starts, scales };
    this.#entries.push(entry);
    this.#byName.set(name, entry);
    for (let row = 0; row < lengths.length;) {
      const place = this.#rowCount % rowsInPiece;
      if (place === 0) this.#pieces.push(new Int8Array(rowsInPiece * dim));
      const count = Math.min(rowsInPiece - place, lengths.length - row);
      this.#pieces.at(-1)!.set(codes.subarray(row * dim, (row + count) * dim), place * dim);
      row += count;
      this.#rowCount += count;
    }
  }

  /** The usual distance of two samples of one of its videos, seconds. */
  stepSOf(name: string): number {
    return this.#byName.get(name)!.stepS;
  }

  /**
   * All stretches, those first that fit a query `[D]` best. Each piece is asked for its best few, and for more where those
   * have been taken: whoever takes little pays little.
   */
  *nearest(query: Float32Array): Generator<StretchHit, void, undefined> {
    const asked = codesOf(query);
    const queues = this.#pieces.map((rows, piece) => {
      const filled = Math.min(rowsInPiece, this.#rowCount - piece * rowsInPiece);
      const part = filled === rowsInPiece ? rows : rows.subarray(0, filled * this.dim);
      return new PieceQueue((count) => this.#nearest(part, asked, this.dim, count), filled);
    });
    for (;;) {
      let best = 0;
      for (let piece = 1; piece < queues.length; piece += 1)
        if (queues[piece]!.distance < queues[best]!.distance) best = piece;
      const queue = queues[best];
      if (queue === undefined || queue.distance === Infinity) return;
      const { distance } = queue;
      yield this.#hit(best * rowsInPiece + queue.take(), 1 - distance);
    }
  }

  /** About the lower quartile of a video's similarities to a query `[D]`, from stretches all over it. */
  usualIn(name: string, query: Float32Array): number {
    const entry = this.#byName.get(name)!;
    const rows = entry.starts.length - 1;
    const count = Math.min(rows, samplesOfUsual);
    const scores = Array.from({ length: count }, (_, at) => {
      const row = Math.floor(((at + 0.5) * rows) / count);
      return { score: this.#scoreOf(entry, row, query), length: entry.starts[row + 1]! - entry.starts[row]! };
    }).toSorted((a, b) => a.score - b.score);
    const quarter = scores.reduce((sum, { length }) => sum + length, 0) / 4;
    let sum = 0;
    return scores.find(({ length }) => (sum += length) > quarter)!.score;
  }

  #hit(row: number, cosine: number): StretchHit {
    let [low, high] = [0, this.#entries.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#entries[middle]!.firstRow <= row) low = middle;
      else high = middle;
    }
    const entry = this.#entries[low]!;
    const at = row - entry.firstRow;
    return { name: entry.name, start: entry.starts[at]!, end: entry.starts[at + 1]!, cosine };
  }

  #scoreOf({ firstRow, scales }: Entry, at: number, query: Float32Array): number {
    const row = firstRow + at;
    const codes = this.#pieces[Math.floor(row / rowsInPiece)]!;
    const offset = (row % rowsInPiece) * this.dim;
    // Two sums in turns, so that one addition need not wait for the other.
    let [even, odd] = [0, 0];
    for (let index = 0; index + 1 < this.dim; index += 2) {
      even += codes[offset + index]! * query[index]!;
      odd += codes[offset + index + 1]! * query[index + 1]!;
    }
    if (this.dim % 2 === 1) even += codes[offset + this.dim - 1]! * query[this.dim - 1]!;
    return (even + odd) * scales[at]!;
  }
}

/** The rows of one piece, best first. */
class PieceQueue {
  readonly #ask: (count: number) => ReturnType<NearestRows>;
  readonly #rowCount: number;
  #asked = 0;
  #rows: number[] = [];
  #distances: number[] = [];
  #next = 0;

  constructor(ask: (count: number) => ReturnType<NearestRows>, rowCount: number) {
    this.#ask = ask;
    this.#rowCount = rowCount;
    this.#fill(askedFirst);
  }

  /** Of the next row; `Infinity` where there is none. */
  get distance(): number {
    return this.#distances[this.#next] ?? Infinity;
  }

  take(): number {
    const row = this.#rows[this.#next]!;
    this.#next += 1;
    if (this.#next === this.#rows.length && this.#asked < this.#rowCount) this.#fill(this.#asked * askedMore);
    return row;
  }

  #fill(count: number): void {
    this.#asked = Math.min(count, this.#rowCount);
    const { keys, distances } = this.#ask(this.#asked);
    // Rows that are equally far come in any order: which were taken is told by the rows themselves.
    const taken = new Set(this.#rows);
    const places = [...keys.keys()].filter((place) => !taken.has(Number(keys[place])));
    this.#rows.push(...places.map((place) => Number(keys[place])));
    this.#distances.push(...places.map((place) => distances[place]!));
  }
}
