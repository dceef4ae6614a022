import { availableParallelism, totalmem } from 'node:os';
import { nearestRows, onOneThread, type RowSearch } from '#main/pipeline/retrieve/nearest-rows.ts';
import { StretchIndex } from '#main/pipeline/retrieve/stretch-index.ts';
import { comparesSharedMemory, RowSearchOnTwoThreads } from './row-search-on-two-threads.ts';

/** A quarter of the machine's memory: on one of 8 GiB, two thousand hours of footage in 512 numbers. */
const capacityBytes = totalmem() / 4;

/** Stretches of all videos that were searched last, under the features that they are of. */
export class StretchIndexes implements AsyncDisposable {
  readonly capacityBytes: number;
  #search: Promise<RowSearch | null> | null = null;
  #twoThreads: RowSearchOnTwoThreads | null = null;
  #kept: { readonly name: string; readonly index: StretchIndex } | null = null;

  constructor(capacity = capacityBytes) {
    this.capacityBytes = capacity;
  }

  /** The index of this name, empty where there was none; null where this machine has no library for it. */
  async of(name: string, dim: number): Promise<StretchIndex | null> {
    const search = await (this.#search ??= this.#searchHere());
    if (search === null) return null;
    if (this.#kept?.name === name && this.#kept.index.dim === dim) return this.#kept.index;
    const index = new StretchIndex(dim, search);
    this.#kept = { name, index };
    await this.#twoThreads?.[Symbol.asyncDispose]();
    return index;
  }

  /** Gives the memory back. */
  async forget(): Promise<void> {
    this.#kept = null;
    await this.#twoThreads?.[Symbol.asyncDispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.forget();
  }

  async #searchHere(): Promise<RowSearch | null> {
    const nearest = await nearestRows();
    if (nearest === null) return null;
    if (availableParallelism() === 1 || !comparesSharedMemory(nearest)) return onOneThread(nearest);
    return (this.#twoThreads = new RowSearchOnTwoThreads(nearest));
  }
}
