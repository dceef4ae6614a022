import type { Command } from '../../shared/command.ts';
import { decideSelected, orderReview, reviewNeighbour, segmentsToDecide } from '../../shared/decide-segments.ts';
import { orderNames, reviewOrders } from '../../shared/review-orders.ts';
import { emptyWorklist, useReviewQueue } from '../../shared/review-queue.ts';
import { showPanel } from '../../shared/show-panel.ts';
import { announce } from '../../shared/notices.ts';
import { hasSelection, useStudio, type StudioState } from '../../shared/studio-state.ts';
import { shuttle } from '../../playback/playback.ts';
import { inSentence, t } from '../../language/language.ts';

function go(step: 1 | -1): void {
  if (reviewNeighbour(step)) return;
  // The queue is asked for by its panel, which another one may have kept out of sight since the window was opened.
  if (useReviewQueue.getState().list === emptyWorklist) {
    useStudio.getState().show({ rightPanel: 'review' });
    useReviewQueue.setState({ begins: true });
  } else announce(step > 0 ? t('No proposals are left to review.') : t('This is the first proposal.'));
}

/** Clips in a grid, or one after the other; the first is brought up where none is. */
function switchGrid(studio: StudioState): void {
  studio.show({ reviewGrid: !studio.reviewGrid });
  showPanel('review');
  const { focusId } = useReviewQueue.getState();
  if (focusId === null || studio.selectedSegmentIds[0] !== focusId) useReviewQueue.setState({ begins: true });
}

/** Look, one key, next. */
export const reviewCommands: readonly Command[] = [
  {
    id: 'review.accept',
    label: t('Accept'),
    group: 'Review',
    keys: ['A', 'Enter'],
    enabled: hasSelection,
    run: () => decideSelected({ kind: 'accept' }),
  },
  {
    id: 'review.reject',
    label: t('Reject'),
    group: 'Review',
    keys: ['X', 'Backspace'],
    enabled: hasSelection,
    run: () => decideSelected({ kind: 'reject' }),
  },
  {
    id: 'review.relabel',
    label: t('Give another class…'),
    group: 'Review',
    keys: ['R'],
    enabled: hasSelection,
    run: ({ studio }) => studio.show({ dialog: 'relabel' }),
  },
  {
    id: 'review.grid',
    label: t('Review clips in a grid, or one after the other'),
    group: 'Review',
    keys: ['Alt+G'],
    run: ({ studio }) => switchGrid(studio),
  },
  {
    id: 'review.remove-chosen',
    label: t('Delete what is chosen in the grid'),
    group: 'Review',
    keys: ['Delete'],
    scope: 'review',
    hidden: true,
    enabled: (studio) => studio.reviewGrid && hasSelection(studio),
    run: async ({ backend }) => backend.segments.remove({ segmentIds: [...segmentsToDecide()] }),
  },
  ...orderNames.map((order): Command => ({
    id: `review.order-${order}`,
    label: t('Review: {{name}}', { name: inSentence(reviewOrders[order].name) }),
    group: 'Review',
    keys: [],
    run: () => {
      orderReview(order);
      showPanel('review');
    },
  })),
  { id: 'review.next', label: t('Next proposal'), group: 'Review', keys: ['N'], run: () => go(1) },
  { id: 'review.previous', label: t('Previous proposal'), group: 'Review', keys: ['P'], run: () => go(-1) },
  {
    id: 'review.next-by-arrow',
    label: t('Next proposal, in the queue'),
    group: 'Review',
    keys: ['ArrowRight', 'ArrowDown'],
    scope: 'review',
    repeats: true,
    hidden: true,
    run: () => go(1),
  },
  {
    id: 'review.previous-by-arrow',
    label: t('Previous proposal, in the queue'),
    group: 'Review',
    keys: ['ArrowLeft', 'ArrowUp'],
    scope: 'review',
    repeats: true,
    hidden: true,
    run: () => go(-1),
  },
  {
    id: 'review.leave',
    label: t('Leave the review'),
    group: 'Review',
    keys: ['Escape'],
    scope: 'review',
    enabled: (studio) => studio.reviewing && studio.tourStep === null,
    run: ({ studio }) => {
      studio.show({ reviewing: false });
      shuttle.leaveRange();
    },
  },
];
