import type { Review } from '#preload/domain/segment.ts';
import { t } from '../../language/language.ts';

/** The states of a (video, class) pair in words, in the order in which a press steps through them. */
export const reviewWords: Record<Review['state'], string> = {
  unseen: t('not looked at'),
  'in-progress': t('being looked at'),
  complete: t('every occurrence marked'),
};

const following: Record<Review['state'], Review['state']> = {
  unseen: 'in-progress',
  'in-progress': 'complete',
  complete: 'unseen',
};

/** The state after one press. */
export const nextReviewState = (state: Review['state']): Review['state'] => following[state];
