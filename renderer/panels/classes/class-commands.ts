import { t } from '../../language/language.ts';
import type { Command, CommandContext } from '../../shared/command.ts';
import { decideSelected } from '../../shared/decide-segments.ts';
import { announce, notify } from '../../shared/notices.ts';
import type { StudioState } from '../../shared/studio-state.ts';
import { api } from '../../backend/client.ts';
import { knownClasses } from '../../backend/project-queries.ts';
import { nextReviewState, reviewWords } from './review-states.ts';
import { showPanel } from '../../shared/show-panel.ts';

/** A digit gives its class. */
async function pressDigit(digit: number, { studio }: CommandContext): Promise<void> {
  const target = knownClasses().find((each) => each.digitKey === digit);
  if (!target) {
    notify(t('No class has the key {{digit}}.', { digit }));
    return;
  }
  await giveClass(target.id, studio);
}

/** Gives a class to the selected segments; with nothing selected it focuses that class. */
export async function giveClass(classId: number, studio: StudioState): Promise<void> {
  if (studio.selectedSegmentIds.length > 0) await decideSelected({ kind: 'relabel', classId });
  else studio.focusClass(classId);
}

function focusNeighbour(step: 1 | -1, { studio }: CommandContext): void {
  const classes = knownClasses();
  const here = classes.findIndex((each) => each.id === studio.focusedClassId);
  const next = classes[here < 0 ? 0 : here + step];
  if (next) studio.focusClass(next.id);
}

/** One step further for the focused class in the selected video: not looked at, being looked at, complete. */
async function stepReview({ studio, backend, queries }: CommandContext): Promise<void> {
  const { selectedVideoId: videoId, focusedClassId: classId } = studio;
  if (videoId === null || classId === null) return;
  const reviews = await queries.ensureQueryData(api.reviews.list.queryOptions({ input: { videoId } }));
  const state = nextReviewState(reviews.find((review) => review.classId === classId)?.state ?? 'unseen');
  await backend.reviews.set({ videoId, classIds: [classId], state });
  announce(
    t('{{name}} in this video: {{reviewWords}}', {
      name: knownClasses().find((each) => each.id === classId)?.name ?? '',
      reviewWords: reviewWords[state],
    }),
  );
}

/** Ten digit keys, stepping through the classes, and showing one alone. */
export const classCommands: readonly Command[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit): Command => ({
    id: `classes.digit-${digit}`,
    label:
      digit === 1
        ? t('Give the class with this digit (nothing selected: focus it)')
        : t('Class on key {{digit}}', { digit }),
    group: 'Classes',
    keys: [String(digit)],
    hidden: digit !== 1,
    run: (context) => pressDigit(digit, context),
  })),
  {
    id: 'classes.next',
    label: t('Focus the next class'),
    group: 'Classes',
    keys: ['Alt+ArrowDown'],
    run: (context) => focusNeighbour(1, context),
  },
  {
    id: 'classes.previous',
    label: t('Focus the previous class'),
    group: 'Classes',
    keys: ['Alt+ArrowUp'],
    run: (context) => focusNeighbour(-1, context),
  },
  {
    id: 'classes.review',
    label: t('Focused class in this video: looked at, then complete'),
    group: 'Classes',
    keys: ['C'],
    enabled: (studio) => studio.focusedClassId !== null && studio.selectedVideoId !== null,
    run: stepReview,
  },
  {
    id: 'classes.complete-all',
    label: t('Every class is complete in this video'),
    group: 'Classes',
    keys: ['Shift+C'],
    enabled: (studio) => studio.selectedVideoId !== null,
    run: async ({ studio, backend }) => {
      const classIds = knownClasses().map((each) => each.id);
      if (classIds.length === 0 || studio.selectedVideoId === null) return;
      await backend.reviews.set({ videoId: studio.selectedVideoId, classIds, state: 'complete' });
      notify(t('Every class is marked complete in this video.'), 'success');
    },
  },
  {
    id: 'classes.solo',
    label: t('Show only the focused class, or all'),
    group: 'Classes',
    keys: ['Alt+S'],
    enabled: (studio) => studio.focusedClassId !== null,
    run: ({ studio }) => studio.show({ soloFocusedClass: !studio.soloFocusedClass }),
  },
  {
    id: 'classes.type',
    label: t('Type a new class'),
    group: 'Classes',
    keys: ['Alt+C'],
    run: () => showPanel('classes'),
  },
];
