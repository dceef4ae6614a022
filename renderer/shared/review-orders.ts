import type { ReviewOrder } from '#preload/domain/review-queue.ts';
import type { SegmentState } from '#preload/domain/segment.ts';

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
  confident: { name: 'Most confident first', states: proposed },
  uncertain: { name: 'Most uncertain first', states: proposed, about: 'Scores nearest to 50 % first.' },
  'teaches-most': {
    name: 'What teaches most first',
    states: proposed,
    about:
      'Where nothing is decided yet, from all over videos, times and classes: no cleverer order of those measured taught more.',
  },
  'class-balanced': {
    name: 'Classes by turns',
    states: proposed,
    about: 'One of each class, then the next of each, so that rare classes are not left for last.',
  },
  'in-order': { name: 'By video and time', states: proposed },
  missed: {
    name: 'Most likely missed',
    states: proposed,
    about: 'Proposals below the threshold where nothing else stands: no decided segment and no shown proposal.',
  },
  disagreement: {
    name: 'Disagreement',
    states: ['accepted', 'proposed'],
    about: 'Accepted, though the model or an annotator’s layer says otherwise; and what annotators disagreed on.',
  },
  random: {
    name: 'Random audit',
    states: ['accepted'],
    about: 'Accepted segments by lot, another lot each time. Accept again what is right.',
  },
};

export const orderNames = Object.keys(reviewOrders) as readonly ReviewOrder[];
