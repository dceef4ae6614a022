import { t } from '../../../language/language.ts';
import type { Command } from '../../../shared/command.ts';
import { useTimeline } from '../timeline-view.ts';

const many = (dialog: 'windows' | 'gaps', label: string, key: string): Command => ({
  id: `segments.${dialog}`,
  label,
  group: 'Segments',
  keys: [key],
  enabled: ({ selectedVideoId }) => selectedVideoId !== null && useTimeline.getState().table !== null,
  run: ({ studio }) => studio.show({ dialog }),
});

/** Many segments at once, as a dialog asks for them. */
export const manyCommands: readonly Command[] = [
  many('windows', t('Fill with windows of one length…'), 'Alt+F'),
  many('gaps', t('Make segments of the gaps of a class…'), 'Alt+Shift+G'),
];
