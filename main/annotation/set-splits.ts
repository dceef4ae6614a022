import type { Edit, RowChange } from '#preload/domain/edit.ts';
import type { Split, VideoSplit } from '#preload/domain/split.ts';
import { userEdit } from './edit-value.ts';

interface SplitVideo {
  readonly id: number;
  readonly name: string;
  readonly split: Split | null;
}

/** Puts videos into parts of the data set, or, where that is null, into none. */
export function setSplits(videos: readonly SplitVideo[], to: ReadonlyMap<number, Split | null>): Edit {
  const [first] = videos;
  const what = videos.length === 1 ? first!.name : `${videos.length} videos`;
  const parts = new Set(to.values());
  const [part] = parts;
  const where = parts.size > 1 ? 'into splits' : part == null ? 'out of its split' : `into ${part}`;
  return userEdit(`Put ${what} ${where}`, { splits: splitChanges(videos, to) });
}

/** As rows of an edit; videos that `to` says nothing of are left out. */
export const splitChanges = (
  videos: readonly Pick<SplitVideo, 'id' | 'split'>[],
  to: ReadonlyMap<number, Split | null>,
): RowChange<VideoSplit>[] =>
  videos.flatMap(({ id, split }) => {
    const next = to.get(id);
    return next === undefined ? [] : [{ before: rowOf(id, split), after: rowOf(id, next) }];
  });

const rowOf = (videoId: number, split: Split | null): VideoSplit | null => (split === null ? null : { videoId, split });
