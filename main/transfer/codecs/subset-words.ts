import type { Split } from '#preload/domain/split.ts';
import type { ExportedVideo } from '../annotation-set.ts';

/** What a format's loaders call the parts of a data set. */
export type SubsetWords = Readonly<Record<Split, string>>;

/** Of a video that is in no part, where others are in one: loaders pass over what they were not asked for. */
export const noPart = 'unassigned';

/**
 * The word for each video's part. Where a project has no parts at all, every video is for validation: evaluation and
 * loaders look there unless they are told otherwise.
 */
export function subsetWord(
  { videos }: { readonly videos: readonly Pick<ExportedVideo, 'split'>[] },
  words: SubsetWords,
) {
  const none = videos.every(({ split }) => split === null) ? words.validation : noPart;
  return ({ split }: Pick<ExportedVideo, 'split'>): string => (split === null ? none : words[split]);
}
