import { basename } from 'node:path/posix';
import { split as splits, splitOf, type Split } from '#preload/domain/split.ts';
import type { ExportedVideo, NamedText } from '../annotation-set.ts';

const words: Readonly<Record<Split, string>> = { train: 'train', validation: 'val', test: 'test' };

/** The part of a data set that a file is named for, as `EPIC_100_validation.csv` or `Charades_v1_train.csv`. */
export function partOfFile(file: string): Split | null {
  const stem = basename(file).replace(/\.[^.]+$/u, '');
  const word = stem.split(/[^a-z]+/iu).find((one) => splitOf(one) !== null);
  return word === undefined ? null : splitOf(word);
}

/** The part that the first of a sample's tags names; FiftyOne says it so. */
export function partOfTags(tags: unknown): Split | null {
  if (!Array.isArray(tags)) return null;
  const parts = tags.map((tag) => (typeof tag === 'string' ? splitOf(tag) : null));
  return parts.find((part) => part !== null) ?? null;
}

/**
 * A file for each part of the data set that there are videos of, named for it, and one for those in no part.
 * @param nameOf of a part's word and a `_` before it; empty: in no part
 */
export function filePerPart<Held extends { readonly video: Pick<ExportedVideo, 'split'> }>(
  videos: readonly Held[],
  nameOf: (part: string) => string,
  textOf: (videos: readonly Held[]) => string,
): NamedText[] {
  const parts = [null, ...splits.options].filter((part) => videos.some(({ video }) => video.split === part));
  return (parts.length === 0 ? [null] : parts).map((part) => ({
    name: nameOf(part === null ? '' : `_${words[part]}`),
    text: textOf(videos.filter(({ video }) => video.split === part)),
  }));
}
