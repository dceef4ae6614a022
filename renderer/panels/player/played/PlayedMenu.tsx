import PlaylistPlay from '@mui/icons-material/PlaylistPlay';
import Menu from '@mui/material/Menu';
import { useRef, useState } from 'react';
import { useCommandKeys } from '../../../shared/commands.ts';
import { speedLabel } from '../../../playback/shuttle-speeds.ts';
import { IconAction } from '../../../ui/IconAction.tsx';
import { MenuChoice, MenuHeading } from '../../../ui/MenuChoice.tsx';
import { usePlayerPreferences } from '../player-preferences.ts';
import { countedStates, gapSpeeds, modeWords, playedModes, type PlayedChoice } from './played-choice.ts';
import { inSentence, t } from '../../../language/language.ts';

const stateWords: Readonly<Record<PlayedChoice['of'], string>> = {
  accepted: t('Accepted'),
  shown: t('Accepted, and proposals that are shown'),
  proposed: t('Proposals that are shown'),
};

function choose(change: Partial<PlayedChoice>): void {
  usePlayerPreferences.setState(({ played }) => ({ played: { ...played, ...change } }));
}

/** What is played: everything, segments, what lies between; and which segments count. */
export function PlayedMenu() {
  const { mode, of, gapSpeed } = usePlayerPreferences((preferences) => preferences.played);
  const keys = useCommandKeys('player.played');
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLElement>(null);
  return (
    <>
      <IconAction
        label={t('What is played: {{modeWords}}', { modeWords: inSentence(modeWords[mode]) })}
        keys={keys}
        pressed={mode !== 'everything'}
        hold={(element) => void (button.current = element)}
        onClick={() => setOpen(true)}
      >
        <PlaylistPlay fontSize="small" />
      </IconAction>
      <Menu anchorEl={() => button.current} open={open} onClose={() => setOpen(false)}>
        <MenuHeading>{t('What is played')}</MenuHeading>
        {playedModes.map((each) => (
          <MenuChoice key={each} kind="radio" chosen={each === mode} onClick={() => choose({ mode: each })}>
            {modeWords[each]}
          </MenuChoice>
        ))}
        <MenuHeading>{t('Segments that count, of the classes shown')}</MenuHeading>
        {countedStates.map((each) => (
          <MenuChoice key={each} kind="radio" chosen={each === of} onClick={() => choose({ of: each })}>
            {stateWords[each]}
          </MenuChoice>
        ))}
        <MenuHeading>{t('Speed of fast gaps')}</MenuHeading>
        {gapSpeeds.map((each) => (
          <MenuChoice key={each} kind="radio" chosen={each === gapSpeed} onClick={() => choose({ gapSpeed: each })}>
            {speedLabel(each)}
          </MenuChoice>
        ))}
      </Menu>
    </>
  );
}
