import { Failure } from '#preload/domain/failure.ts';

/** MMAction2 and ActivityNet's feature files put this before a video's id; result files leave it out. */
const prefix = 'v_';

/**
 * Predictions under the ids of the ground truth. An id that the ground truth does not know is tried with and without
 * the prefix `v_`; if that fails too, the video stays under its own id. Where all ids of the ground truth have the
 * prefix (MMAction2's files), the prefixed reading comes first.
 */
export function withGroundTruthIds<Prediction>(
  predictions: ReadonlyMap<string, readonly Prediction[]>,
  groundTruth: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, readonly Prediction[]> {
  const isAlwaysPrefixed = [...groundTruth.keys()].every((id) => id.startsWith(prefix));
  const renamed = new Map<string, Prediction[]>();
  for (const [id, segments] of predictions) {
    const readings = isAlwaysPrefixed ? [prefix + id, id] : [id, prefix + id];
    if (id.startsWith(prefix)) readings.push(id.slice(prefix.length));
    const known = readings.find((reading) => groundTruth.has(reading)) ?? id;
    renamed.set(known, [...(renamed.get(known) ?? []), ...segments]);
  }
  return renamed;
}

/**
 * Which subset is scored; `null` for a ground truth without subsets. The one that was asked for; else the protocol's
 * own, unless the predictions are all for videos of one other subset: then that one.
 * Fails with `bad-input` where that leaves a choice.
 */
export function chosenSubset(
  groundTruth: ReadonlyMap<string, { readonly subset: string | null }>,
  predictedIds: Iterable<string>,
  preferred: readonly string[],
  asked?: string,
): string | null {
  const subsets = new Set([...groundTruth.values()].map((video) => video.subset).filter((subset) => subset !== null));
  if (asked !== undefined) {
    if (subsets.has(asked)) return asked;
    throw new Failure('bad-input', `The ground truth has no subset “${asked}”; it has ${listed(subsets)}.`);
  }
  if (subsets.size <= 1) return [...subsets][0] ?? null;
  const predicted = new Set([...predictedIds].map((id) => groundTruth.get(id)?.subset ?? null));
  predicted.delete(null);
  const own = [...subsets].find((subset) => preferred.includes(subset.toLowerCase()));
  if (own !== undefined && (predicted.size === 0 || predicted.has(own))) return own;
  if (predicted.size === 1) return [...predicted][0]!;
  throw new Failure('bad-input', `The ground truth has the subsets ${listed(subsets)}; say which one to evaluate.`);
}

const listed = (subsets: ReadonlySet<string>): string =>
  subsets.size > 0 ? [...subsets].map((subset) => `“${subset}”`).join(', ') : 'none';
