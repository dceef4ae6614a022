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

/** Sets how far some classes were looked for in one video; `current` holds the rows that are there. */
export function setReviews(
  videoId: number,
  classes: readonly ActionClass[],
  state: Review['state'],
  current: readonly Review[],
): Edit {
  const what =
    classes.length === 1
      ? quoted(classes[0]!.name)
      : say('{{count}} classes', { count: classes.length, one: '{{count}} class' });
  return userEdit(words[state](what), {
    reviews: classes.map(({ id: classId }) => ({
      before: current.find((row) => row.classId === classId) ?? null,
      after: state === 'unseen' ? null : { videoId, classId, state },
    })),
  });
}
