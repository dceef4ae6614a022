import type { StudioView } from '../../shared/studio-state.ts';
import type { TourPlace } from '../../shared/tour-anchors.ts';
import { t } from '../../language/language.ts';

/** One stop of the tour: a real control, what it is for, and the keys that do the same. */
export interface TourStep {
  readonly id: 'propose' | 'correct' | 'teach' | 'class' | 'search' | 'export';
  readonly title: string;
  readonly text: string;
  /** Where to point, the best place first. */
  readonly places: readonly TourPlace[];
  readonly side: 'bottom-end' | 'left-start' | 'right-start';
  /** What has to be on screen for that. */
  readonly show: Partial<Pick<StudioView, 'leftPanel' | 'rightPanel'>>;
  /** Commands with what each does in a word or two. */
  readonly keys: readonly { readonly command: string; readonly does: string }[];
  /** What the step says once the person did it. */
  readonly done: string;
}

/** The loop of the studio, in order. */
export const tourSteps: readonly TourStep[] = [
  {
    id: 'propose',
    title: t('It proposes'),
    text: t(
      'Propose looks at every video and marks where each action seems to happen. What it found stands in the timeline, in the colour of its class.',
    ),
    places: ['propose'],
    side: 'bottom-end',
    show: {},
    keys: [{ command: 'analysis.propose', does: t('propose') }],
    done: t('The videos are being looked at.'),
  },
  {
    id: 'correct',
    title: t('You correct'),
    text: t(
      'Proposals wait here. Look, press one key, and the next comes up. Where a start or an end is off, drag the edge in the timeline.',
    ),
    places: ['review'],
    side: 'left-start',
    show: { rightPanel: 'review' },
    keys: [
      { command: 'review.next', does: t('next') },
      { command: 'review.accept', does: t('accept') },
      { command: 'review.reject', does: t('reject') },
    ],
    done: t('Decided. It counts at once.'),
  },
  {
    id: 'teach',
    title: t('It learns from you'),
    text: t(
      'Each decision changes scores right away. Teach learns from all of them together; what it learned is used only if it does no worse on corrections it has not seen.',
    ),
    places: ['teach', 'teach-panel'],
    side: 'right-start',
    show: { leftPanel: 'teach' },
    keys: [{ command: 'teach.start', does: t('teach') }],
    done: t('It learns. You can go on meanwhile.'),
  },
  {
    id: 'class',
    title: t('Any class, at any time'),
    text: t(
      'Type the name of any action, for example “clapping hands”, and press Enter. The videos are scored against it within seconds.',
    ),
    places: ['new-class'],
    side: 'right-start',
    show: { leftPanel: 'classes' },
    keys: [{ command: 'classes.type', does: t('type a class') }],
    done: t('Added. Its proposals come by themselves.'),
  },
  {
    id: 'search',
    title: t('Find a moment by words'),
    text: t('Describe what happens and press Enter: the moments of all videos that fit best come first.'),
    places: ['search', 'search-panel'],
    side: 'right-start',
    show: { leftPanel: 'search' },
    keys: [{ command: 'window.search', does: t('search') }],
    done: t('Found. A click shows the moment.'),
  },
  {
    id: 'export',
    title: t('Take your labels with you'),
    text: t(
      'Export writes COCO, ActivityNet, CSV and more. There is nothing to save: every edit is stored as you make it, and undo works across restarts.',
    ),
    places: ['export'],
    side: 'bottom-end',
    show: {},
    keys: [
      { command: 'transfer.export', does: t('export') },
      { command: 'tour.start', does: t('this tour again') },
    ],
    done: t('That is the whole loop.'),
  },
];
