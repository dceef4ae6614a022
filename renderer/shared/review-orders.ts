import type { ReviewOrder } from '#preload/domain/review-queue.ts';
import type { SegmentState } from '#preload/domain/segment.ts';
import { t } from '../language/language.ts';

interface NamedOrder {
  readonly name: string;
  /** Of which segments it is, unless a person says otherwise. */
  readonly states: readonly SegmentState[];
  /** What it holds where its name does not say it. */
  readonly about?: string;
}

const proposed: readonly SegmentState[] = ['proposed'];

/** The ways through the review queue, in the order in which they are offered. */
export const reviewOrders: Readonly<Record<ReviewOrder, NamedOrder>> = {
  confident: { name: t('Most confident first'), states: proposed },
  uncertain: { name: t('Most uncertain first'), states: proposed, about: t('Scores nearest to 50 % first.') },
  'teaches-most': {
    name: t('What teaches most first'),
    states: proposed,
    about: t(
      'Where nothing is decided yet, from all over videos, times and classes: no cleverer order of those measured taught more.',
    ),
  },
  'class-balanced': {
    name: t('Classes by turns'),
    states: proposed,
    about: t('One of each class, then the next of each, so that rare classes are not left for last.'),
  },
  'in-order': { name: t('By video and time'), states: proposed },
  missed: {
    name: t('Most likely missed'),
    states: proposed,
    about: t('Proposals below the threshold where nothing else stands: no decided segment and no shown proposal.'),
  },
  disagreement: {
    name: t('Disagreement'),
    states: ['accepted', 'proposed'],
    about: t('Accepted, though the model or an annotator’s layer says otherwise; and what annotators disagreed on.'),
  },
  random: {
    name: t('Random audit'),
    states: ['accepted'],
    about: t('Accepted segments by lot, another lot each time. Accept again what is right.'),
  },
};

export const orderNames = Object.keys(reviewOrders) as readonly ReviewOrder[];
