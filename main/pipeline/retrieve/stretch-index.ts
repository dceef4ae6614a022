import type { FoundRows, RowSearch } from './nearest-rows.ts';
import type { Stretches } from './stretches.ts';
import { codesOf } from './stretches.ts';

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
const askedFirst = 128;
const askedMore = 8;

/**
 * The stretches of many videos in memory, compared with a query one and all: what is found depends on no graph and on no
 * training, and a video is added by writing its rows behind the others'.
 */
export class StretchIndex {
  readonly dim: number;
  readonly #search: RowSearch;
  readonly #pieces: Int8Array[] = [];
  readonly #entries: Entry[] = [];
  readonly #byName = new Map<string, Entry>();
  #rowCount = 0;

  constructor(dim: number, search: RowSearch) {
    this.dim = dim;
    this.#search = search;
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

  /** Two searches may bring the same video: it is there once. */
  add(name: string, { dim, stepS, lengths, scales, codes }: Stretches): void {
    if (this.has(name)) return;
    if (dim !== this.dim) throw new RangeError(`stretches of ${dim} in an index of ${this.dim}`);
    const starts = new Uint32Array(lengths.length + 1);
    lengths.forEach((length, at) => (starts[at + 1] = starts[at]! + length));
    const entry = { name, stepS, firstRow: this.#rowCount, starts, scales };
    this.#entries.push(entry);
    this.#byName.set(name, entry);
    for (let row = 0; row < lengths.length;) {
      const place = this.#rowCount % rowsInPiece;
      if (place === 0) this.#pieces.push(new Int8Array(this.#search.memory(rowsInPiece * dim)));
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
  async nearest(query: Float32Array): Promise<Iterable<StretchHit>> {
    const asked = codesOf(query);
    const { dim } = this;
    const pieces = this.#pieces.map((rows, piece) =>
      rows.subarray(0, Math.min(rowsInPiece, this.#rowCount - piece * rowsInPiece) * dim),
    );
    const found = await this.#search.nearestInEach({ pieces, query: asked, dim, count: askedFirst });
    const more = (piece: number) => (count: number) => this.#search.nearest(pieces[piece]!, asked, dim, count);
    return this.#merged(found.map((first, piece) => new PieceQueue(first, pieces[piece]!.length / dim, more(piece))));
  }

  /** Rows of all pieces, best first. */
  *#merged(queues: readonly PieceQueue[]): Generator<StretchHit, void, undefined> {
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
  readonly #rowCount: number;
  readonly #more: (count: number) => FoundRows;
  readonly #rows: number[] = [];
  readonly #distances: number[] = [];
  #asked: number;
  #next = 0;

  constructor(first: FoundRows, rowCount: number, more: (count: number) => FoundRows) {
    this.#rowCount = rowCount;
    this.#more = more;
    this.#asked = first.keys.length;
    this.#append(first);
  }

  /** Of the next row; `Infinity` where there is none. */
  get distance(): number {
    return this.#distances[this.#next] ?? Infinity;
  }

  take(): number {
    const row = this.#rows[this.#next]!;
    this.#next += 1;
    if (this.#next === this.#rows.length && this.#asked < this.#rowCount) {
      this.#asked = Math.min(this.#asked * askedMore, this.#rowCount);
      this.#append(this.#more(this.#asked));
    }
    return row;
  }

  /** Rows that are equally far come in any order: which are known is told by the rows themselves. */
  #append({ keys, distances }: FoundRows): void {
    const known = new Set(this.#rows);
    keys.forEach((key, place) => {
      const row = Number(key);
      if (known.has(row)) return;
      this.#rows.push(row);
      this.#distances.push(distances[place]!);
    });
  }
}
