import type { Command } from '../../shared/command.ts';
import { decideSelected, reviewNeighbour } from '../../shared/decide-segments.ts';
import { announce } from '../../shared/notices.ts';
import type { StudioState } from '../../shared/studio-state.ts';
import { shuttle } from '../../playback/playback.ts';

const hasSelection = (studio: StudioState): boolean => studio.selectedSegmentIds.length > 0;

function go(step: 1 | -1): void {
  if (!reviewNeighbour(step)) announce(step > 0 ? 'No proposals are left to review.' : 'This is the first proposal.');
}

/** Look, one key, next. */
export const reviewCommands: readonly Command[] = [
  {
    id: 'review.accept',
    label: 'Accept',
    group: 'Review',
    keys: ['A', 'Enter'],
    enabled: hasSelection,
    run: () => decideSelected({ kind: 'accept' }),
  },
  {
    id: 'review.reject',
    label: 'Reject',
    group: 'Review',
    keys: ['X', 'Backspace'],
    enabled: hasSelection,
    run: () => decideSelected({ kind: 'reject' }),
  },
  {
    id: 'review.relabel',
    label: 'Give another class…',
    group: 'Review',
    keys: ['R'],
    enabled: hasSelection,
    run: ({ studio }) => studio.show({ dialog: 'relabel' }),
  },
  { id: 'review.next', label: 'Next proposal', group: 'Review', keys: ['N'], run: () => go(1) },
  { id: 'review.previous', label: 'Previous proposal', group: 'Review', keys: ['P'], run: () => go(-1) },
  {
    id: 'review.next-by-arrow',
    label: 'Next proposal, in the queue',
    group: 'Review',
    keys: ['ArrowRight', 'ArrowDown'],
    scope: 'review',
    repeats: true,
    hidden: true,
    run: () => go(1),
  },
  {
    id: 'review.previous-by-arrow',
    label: 'Previous proposal, in the queue',
    group: 'Review',
    keys: ['ArrowLeft', 'ArrowUp'],
    scope: 'review',
    repeats: true,
    hidden: true,
    run: () => go(-1),
  },
  {
    id: 'review.leave',
    label: 'Leave the review',
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
