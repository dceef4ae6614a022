import { t } from '../../language/language.ts';
import type { Command } from '../../shared/command.ts';
import { fillScreen, fillWindow, useFullWindow } from './full-window.ts';

const leave = (): void => fillWindow(false);

/** The player alone in the window, or on the whole screen, and back. */
export const fullWindowCommands: readonly Command[] = [
  {
    id: 'player.leave-full-window',
    label: t('Leave the full window'),
    group: 'Player',
    keys: ['Escape'],
    enabled: () => useFullWindow.getState().fills,
    run: leave,
  },
  {
    id: 'player.full-window',
    label: t('Player in the full window, or back'),
    group: 'Player',
    keys: ['T'],
    enabled: ({ selectedVideoId }) => selectedVideoId !== null,
    run: () => fillWindow(!useFullWindow.getState().fills),
  },
  {
    id: 'player.full-screen',
    label: t('Player on the full screen, or back'),
    group: 'Player',
    keys: ['Shift+T'],
    enabled: ({ selectedVideoId }) => selectedVideoId !== null,
    run: () => (document.fullscreenElement ? leave() : fillScreen()),
  },
];
