import { t } from '../../language/language.ts';
import { knownSegment } from '../../backend/client.ts';
import type { Command } from '../../shared/command.ts';
import { playhead } from '../../playback/playback.ts';
import { showPanel } from '../../shared/show-panel.ts';
import { searchThisFrame } from './search-picture.ts';

export const searchCommands: readonly Command[] = [
  {
    id: 'segments.more-like-this',
    label: t('More like this'),
    group: 'Segments',
    keys: ['Alt+K'],
    enabled: ({ selectedSegmentIds: [first] }) => first !== undefined,
    run: ({ studio }) => {
      const [first] = studio.selectedSegmentIds;
      const segment = first === undefined ? undefined : knownSegment(first);
      if (!segment) return;
      const { videoId, startUs, endUs, classId } = segment;
      studio.show({ searchedLike: { videoId, startUs, endUs, classId } });
      showPanel('search');
    },
  },
  {
    id: 'player.more-like-this-frame',
    label: t('More like this frame'),
    group: 'Player',
    keys: ['Alt+Shift+K'],
    enabled: () => playhead.getState().table !== null,
    run: searchThisFrame,
  },
];
