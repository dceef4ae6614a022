import { rowDot } from '../vectors/similarity.ts';

/** How much corrected segments say beside the texts. */
export interface AdapterStrength {
  /** Weight against the texts' logits. */
  readonly alpha: number;
  /** Sharpness: how fast a key's say falls with distance. */
  readonly beta: number;
}

/**
 * What corrections say at once, before any training: the features of corrected segments as keys, their classes as
 * values (Tip-Adapter, Zhang et al. 2022). Without keys it changes nothing.
 */
export interface InstantAdapter extends AdapterStrength {
  /** `[n, D]` unit features of corrected segments. */
  readonly keys: Float32Array;
  /** `[n]` column of each key: a class, or, from K on, a background text. */
  readonly classIndices: Int32Array;
  /** `[n]` cosine of each key to what its video shows anyway; absent counts as no likeness at all. */
  readonly baselines?: Float32Array;
}

export const defaultAdapterStrength = { alpha: 1, beta: 1 } as const satisfies AdapterStrength;

/**
 * Adds to the logits what the keys say: each class's mean of `exp(−beta · (1 − cosine))` over its keys, times `alpha`.
 * Unlike the original (a plain sum), a class with many corrections does not drown the others, and what all classes with
 * keys have in common is subtracted, so that having keys is no advantage by itself over classes and background texts
 * that have none. A single class with keys is held against `baselines`.
 *
 * @param logits `[K + …]`, classes first; changed in place.
 */
export function addAdapterLogits(adapter: InstantAdapter, unitFeature: Float64Array, logits: Float64Array): void {
  const cosines = Float64Array.from(adapter.classIndices, (_, key) => rowDot(adapter.keys, key, unitFeature));
  addAdapterSay(adapter, cosines, logits);
}

/** The same, from the cosines `[n]` of a feature to all keys. */
export function addAdapterSay(
  { classIndices, baselines, alpha, beta }: Omit<InstantAdapter, 'keys'>,
  cosines: ArrayLike<number>,
  logits: Float64Array,
): void {
  if (classIndices.length === 0) return;
  const columns = new Map<number, { count: number; affinity: number; usual: number }>();
  for (const [key, index] of classIndices.entries()) {
    const column = columns.get(index) ?? { count: 0, affinity: 0, usual: 0 };
    column.count += 1;
    column.affinity += Math.exp(-beta * (1 - cosines[key]!));
    if (baselines !== undefined) column.usual += Math.exp(-beta * (1 - baselines[key]!));
    columns.set(index, column);
  }
  const all = [...columns.values()];
  const only = all.length === 1 ? all[0]! : null;
  const common = only
    ? only.usual / only.count
    : all.reduce((sum, { affinity, count }) => sum + affinity / count, 0) / all.length;
  for (const [index, { affinity, count }] of columns) logits[index]! += alpha * (affinity / count - common);
}
