import type { Command } from '../../../shared/command.ts';
import { announce } from '../../../shared/notices.ts';
import { usePlayerPreferences } from '../player-preferences.ts';
import { modeWords, playedModes, type PlayedChoice } from './played-choice.ts';
import { inSentence, t } from '../../../language/language.ts';

function play(mode: PlayedChoice['mode']): void {
  usePlayerPreferences.setState(({ played }) => ({ played: { ...played, mode } }));
  announce(t('Played: {{modeWords}}', { modeWords: inSentence(modeWords[mode]) }));
}

function playNext(): void {
  const at = playedModes.indexOf(usePlayerPreferences.getState().played.mode);
  play(playedModes[(at + 1) % playedModes.length]!);
}

/** What is played. */
export const playedCommands: readonly Command[] = [
  {
    id: 'player.played',
    label: t('What is played: everything, only segments, gaps fast, only gaps'),
    group: 'Player',
    keys: ['Alt+O'],
    run: playNext,
  },
  ...playedModes.map((mode): Command => ({
    id: `player.play-${mode}`,
    label: t('Play {{modeWords}}', { modeWords: inSentence(modeWords[mode]) }),
    group: 'Player',
    keys: [],
    run: () => play(mode),
  })),
];
