import type { ActionClass } from '#preload/domain/action-class.ts';
import type { Edit } from '#preload/domain/edit.ts';
import type { Review } from '#preload/domain/segment.ts';
import { userEdit } from './edit-value.ts';

const words = { unseen: 'not reviewed', 'in-progress': 'under review', complete: 'complete' } as const;

/** Sets how far some classes were looked for in one video; `current` holds the rows that are there. */
export function setReviews(
  videoId: number,
  classes: readonly ActionClass[],
  state: Review['state'],
  current: readonly Review[],
): Edit {
  const what = classes.length === 1 ? `'${classes[0]!.name}'` : `${classes.length} classes`;
  return userEdit(`Mark ${what} ${words[state]}`, {
    reviews: classes.map(({ id: classId }) => ({
      before: current.find((row) => row.classId === classId) ?? null,
      after: state === 'unseen' ? null : { videoId, classId, state },
    })),
  });
}
