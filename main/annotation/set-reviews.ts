import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { Review } from '#preload/domain/segment.ts';
import { say, type Saying } from '#preload/domain/saying.ts';
import { quoted } from './describe-segments.ts';
import { userEdit } from './edit-value.ts';

const words: Readonly<Record<Review['state'], (what: Saying) => Saying>> = {
  unseen: (what) => say('Mark {{what}} not reviewed', { what }),
  'in-progress': (what) => say('Mark {{what}} under review', { what }),
  complete: (what) => say('Mark {{what}} complete', { what }),
};

/** Sets how far some classes were looked for in some videos; `current` answers the rows that are there of a video. */
export function setReviews(
  videoIds: readonly number[],
  classes: readonly ActionClass[],
  state: Review['state'],
  current: (videoId: number) => readonly Review[],
): Edit {
  const which =
    classes.length === 1
      ? quoted(classes[0]!.name)
      : say('{{count}} classes', { count: classes.length, one: '{{count}} class' });
  const what =
    videoIds.length === 1 ? which : say('{{which}} in {{videos}} videos', { which, videos: videoIds.length });
  return userEdit(words[state](what), {
    reviews: videoIds.flatMap((videoId) => {
      const there = new Map(current(videoId).map((row) => [row.classId, row]));
      return classes.map(({ id: classId }) => ({
        before: there.get(classId) ?? null,
        after: state === 'unseen' ? null : { videoId, classId, state },
      }));
    }),
  });
}
