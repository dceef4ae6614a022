import type { Edit, RowChange } from '#preload/domain/edit.ts';
import type { Split, VideoSplit } from '#preload/domain/split.ts';
import { say, type SaidValue, type Saying } from '#preload/domain/saying.ts';
import { userEdit } from './edit-value.ts';

interface SplitVideo {
  readonly id: number;
  readonly name: string;
  readonly split: Split | null;
}

/** Puts videos into parts of the data set, or, where that is null, into none. */
export function setSplits(videos: readonly SplitVideo[], to: ReadonlyMap<number, Split | null>): Edit {
  const [first] = videos;
  const what = videos.length === 1 ? first!.name : say('{{count}} videos', { count: videos.length });
  const parts = new Set(to.values());
  const [part] = parts;
  const label =
    parts.size > 1
      ? say('Put {{what}} into splits', { what })
      : part == null
        ? say('Put {{what}} out of its split', { what })
        : into[part](what);
  return userEdit(label, { splits: splitChanges(videos, to) });
}

const into: Readonly<Record<Split, (what: SaidValue) => Saying>> = {
  train: (what) => say('Put {{what}} into train', { what }),
  validation: (what) => say('Put {{what}} into validation', { what }),
  test: (what) => say('Put {{what}} into test', { what }),
};

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
