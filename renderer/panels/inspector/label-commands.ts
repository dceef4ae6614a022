import { t } from '../../language/language.ts';
import type { Command } from '../../shared/command.ts';
import { showPanel } from '../../shared/show-panel.ts';
import { knownSegment } from '../../backend/client.ts';
import { hasSelection } from '../../shared/studio-state.ts';
import { labelsRegion } from './SegmentLabels.tsx';

/** Brings the hand to the first attribute of the selected segments, or to their subject where they have none. */
function sayMore(): void {
  // The inspector stands below the panel at the right.
  if (document.getElementById(labelsRegion) === null) showPanel('review');
  const region = document.getElementById(labelsRegion);
  (region?.querySelector<HTMLElement>('[data-attribute]') ?? region?.querySelector<HTMLElement>('input'))?.focus();
}

/** What is said of segments beyond class and span, and the attributes for it. */
export const labelCommands: readonly Command[] = [
  {
    id: 'segments.say-more',
    label: t('Attributes and subject of the selected segments'),
    group: 'Segments',
    keys: ['Y'],
    enabled: hasSelection,
    run: sayMore,
  },
  {
    id: 'segments.ambiguous',
    label: t('Ambiguous, or certain: the selected segments'),
    group: 'Segments',
    keys: ['Shift+Y'],
    enabled: hasSelection,
    run: async ({ studio, backend }) => {
      const segmentIds = [...studio.selectedSegmentIds];
      const ambiguous = !segmentIds.every((id) => knownSegment(id)?.ambiguous);
      await backend.segments.update({ segmentIds, ambiguous });
    },
  },
  {
    id: 'attributes.edit',
    label: t('Attributes of the project…'),
    group: 'Classes',
    keys: [],
    run: ({ studio }) => studio.show({ dialog: 'attributes' }),
  },
  {
    id: 'classes.details',
    label: t('Definition, prompts and place of the focused class…'),
    group: 'Classes',
    keys: ['Alt+D'],
    enabled: ({ focusedClassId }) => focusedClassId !== null,
    run: ({ studio }) => studio.show({ dialog: 'class' }),
  },
  {
    id: 'classes.split',
    label: t('Split the focused class…'),
    group: 'Classes',
    keys: [],
    enabled: ({ focusedClassId }) => focusedClassId !== null,
    run: ({ studio }) => studio.show({ dialog: 'split-class' }),
  },
];
