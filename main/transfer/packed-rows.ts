import { deserialize, serialize } from 'node:v8';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Rows that can be counted and gone through from the first, as those of an array. */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
}

/** So many rows are packed at a time. */
const rowsOfPack = 1000;

/** Packed rows as they go from one thread to another. */
export interface RowPacks {
  readonly packs: readonly Uint8Array<ArrayBuffer>[];
  readonly length: number;
}

/**
 * Rows in a twentieth of the memory that they take as objects: a million of them fit where a few tens of thousands would.
 * They are unpacked a pack at a time as they are gone through.
 */
export class PackedRows<Row> implements Rows<Row> {
  readonly #packs: Uint8Array<ArrayBuffer>[];
  #loose: Row[] = [];
  #length: number;

  constructor({ packs, length }: RowPacks = { packs: [], length: 0 }) {
    this.#packs = [...packs];
    this.#length = length;
  }

  /** More rows than these are gone through in parts. */
  get partLength(): number {
    return rowsOfPack;
  }

  get length(): number {
    return this.#length;
  }

  push(row: Row): void {
    this.#loose.push(row);
    this.#length += 1;
    if (this.#loose.length === rowsOfPack) this.#pack();
  }

  *[Symbol.iterator](): Generator<Row> {
    for (const rows of this.inParts()) yield* rows;
  }

  /** A thousand rows at a time. */
  *inParts(): Generator<readonly Row[]> {
    for (const pack of this.#packs) yield deserialize(inflateRawSync(pack)) as Row[];
    if (this.#loose.length > 0) yield this.#loose;
  }

  toPacks(): RowPacks {
    if (this.#loose.length > 0) this.#pack();
    return { packs: this.#packs, length: this.#length };
  }

  #pack(): void {
    this.#packs.push(new Uint8Array(deflateRawSync(serialize(this.#loose), { level: 1 })));
    this.#loose = [];
  }
}
