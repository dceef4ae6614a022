import { splitOf } from '#preload/domain/split.ts';
import type { Split } from '#preload/domain/split.ts';
import type { ImportedVideo } from './annotation-set.ts';

/**
 * The part of the data set that a file puts each of the project's videos in. A file of which every video says `byDefault`
 * tells nothing: tools write so where they know no parts, and so do we.
 */
export function saidSplits(
  wanted: readonly Pick<ImportedVideo, 'subset'>[],
  videos: readonly ({ readonly id: number } | null)[],
  byDefault: Split | null,
): Map<number, Split> {
  const said = wanted.map(({ subset }) => (subset === null ? null : splitOf(subset)));
  if (byDefault !== null && said.every((one) => one === byDefault)) return new Map();
  return new Map(
    videos.flatMap((video, index): [number, Split][] => {
      const part = said[index] ?? null;
      return video === null || part === null ? [] : [[video.id, part]];
    }),
  );
}
