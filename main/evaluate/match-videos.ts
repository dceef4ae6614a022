import { Failure } from '#preload/domain/failure.ts';
import { verbatim } from '#preload/domain/saying.ts';
import { matchVideos, videoNameOf, type VideoMatch } from '../transfer/match-videos.ts';

/**
 * Predictions under the ids of the ground truth, matched as import matches videos: by checksum, then by name, with and
 * without extension, folders and the prefix `v_`. A video that the ground truth does not know stays under its own id.
 * Fails with `bad-input` where two could be meant, or two are the same one.
 */
export function withGroundTruthIds<Prediction>(
  predictions: ReadonlyMap<string, readonly Prediction[]>,
  groundTruth: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, readonly Prediction[]> {
  const [ids, known] = [[...predictions.keys()], [...groundTruth.keys()]];
  const matches = matchVideos(
    ids.map((id) => videoNameOf(id)),
    known.map((id) => videoNameOf(id)),
  );
  return new Map(
    [...predictions.values()].map((segments, index) => {
      const [id, match] = [ids[index]!, matches[index]!];
      if (match.kind === 'ambiguous') throw ambiguous(id, match, ids, known);
      return [match.kind === 'found' ? known[match.index]! : id, segments];
    }),
  );
}

function ambiguous(
  id: string,
  { among, rivals }: Extract<VideoMatch, { kind: 'ambiguous' }>,
  ids: readonly string[],
  known: readonly string[],
): Failure {
  if (among.length > 1) {
    const names = among.map((index) => `“${known[index]!}”`).join(' or ');
    return new Failure(
      'bad-input',
      verbatim(`“${id}” of the predictions may be ${names}: name it as the ground truth does.`),
    );
  }
  return new Failure(
    'bad-input',
    verbatim(
      `The predictions name one clip twice, as “${id}” and as “${ids[rivals[0]!]!}”: it is “${known[among[0]!]!}” in the ground truth.`,
    ),
  );
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
    throw new Failure('bad-input', verbatim(`The ground truth has no subset “${asked}”; it has ${listed(subsets)}.`));
  }
  if (subsets.size <= 1) return [...subsets][0] ?? null;
  const predicted = new Set([...predictedIds].map((id) => groundTruth.get(id)?.subset ?? null));
  predicted.delete(null);
  const own = [...subsets].find((subset) => preferred.includes(subset.toLowerCase()));
  if (own !== undefined && (predicted.size === 0 || predicted.has(own))) return own;
  if (predicted.size === 1) return [...predicted][0]!;
  throw new Failure(
    'bad-input',
    verbatim(`The ground truth has the subsets ${listed(subsets)}; say which one to evaluate.`),
  );
}

const listed = (subsets: ReadonlySet<string>): string =>
  subsets.size > 0 ? [...subsets].map((subset) => `“${subset}”`).join(', ') : 'none';
