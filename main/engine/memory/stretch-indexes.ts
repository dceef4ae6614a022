import { totalmem } from 'node:os';
import { nearestRows } from '#main/pipeline/retrieve/nearest-rows.ts';
import { StretchIndex, type NearestRows } from '#main/pipeline/retrieve/stretch-index.ts';

/** A quarter of the machine's memory: on one of 8 GiB, two thousand hours of footage in 512 numbers. */
const capacityBytes = totalmem() / 4;

/** Stretches of all videos that were searched last, under the features that they are of. */
export class StretchIndexes {
  readonly capacityBytes: number;
  #nearest: Promise<NearestRows | null> | null = null;
  #kept: { readonly name: string; readonly index: StretchIndex } | null = null;

  constructor(capacity = capacityBytes) {
    this.capacityBytes = capacity;
  }

  /** The index of this name, empty where there was none; null where this machine has no library for it. */
  async of(name: string, dim: number): Promise<StretchIndex | null> {
    const nearest = await (this.#nearest ??= nearestRows());
    if (nearest === null) return null;
    if (this.#kept?.name !== name || this.#kept.index.dim !== dim)
      this.#kept = { name, index: new StretchIndex(dim, nearest) };
    return this.#kept.index;
  }

  /** Gives the memory back. */
  forget(): void {
    this.#kept = null;
  }
}
