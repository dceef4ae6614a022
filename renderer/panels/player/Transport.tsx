import CloseFullscreen from '@mui/icons-material/CloseFullscreen';
import FastForward from '@mui/icons-material/FastForward';
import FastRewind from '@mui/icons-material/FastRewind';
import OpenInFull from '@mui/icons-material/OpenInFull';
import PhotoCamera from '@mui/icons-material/PhotoCameraOutlined';
import Pause from '@mui/icons-material/Pause';
import PlayArrow from '@mui/icons-material/PlayArrow';
import Repeat from '@mui/icons-material/Repeat';
import SkipNext from '@mui/icons-material/SkipNext';
import SkipPrevious from '@mui/icons-material/SkipPrevious';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { t } from '../../language/language.ts';
import { useSegments } from '../../backend/project-queries.ts';
import { CommandIcon } from '../../shared/CommandIcon.tsx';
import { useStudio } from '../../shared/studio-state.ts';
import type { PlayRange } from '../../playback/play-range.ts';
import { shuttle, usePlayhead, useShuttle } from '../../playback/playback.ts';
import { HelpOnPanel } from '../../ui/HelpOnPanel.tsx';
import { useFullWindow } from './full-window.ts';
import { GoToField } from './GoToField.tsx';
import { PlayedMenu } from './played/PlayedMenu.tsx';
import { PlayerSettings } from './PlayerSettings.tsx';
import { SpeedMenu } from './SpeedMenu.tsx';
import { ViewsButton } from './views/ViewsButton.tsx';
import { VolumeControl } from './VolumeControl.tsx';

const wide = '@container (min-width: 620px)';
const wider = '@container (min-width: 760px)';

function rangeWords({ mode, label }: PlayRange): string {
  const what = label ?? t('segment');
  return mode === 'loop' ? t('Loop: {{what}}', { what }) : t('Once: {{what}}', { what });
}

/** The controls under the picture. Narrow, the lesser ones give way; their keys stay. */
export function Transport({ hasAudio }: { readonly hasAudio: boolean }) {
  const playing = useShuttle((state) => state.rate !== 0);
  const range = useShuttle((state) => state.range);
  const refusal = useShuttle((state) => state.refusal);
  const loaded = usePlayhead((head) => head.table !== null);
  const fills = useFullWindow((state) => state.fills);
  // What is selected can be looped once its video's list has come.
  const { data: segments } = useSegments(useStudio((studio) => studio.selectedVideoId));
  const onlyWide = { display: 'none', [wide]: { display: 'inline-flex' } } as const;
  const onlyWider = { display: 'none', [wider]: { display: 'inline-flex' } } as const;
  return (
    <Box sx={{ containerType: 'inline-size', flexShrink: 0, borderTop: 1, borderColor: 'divider' }}>
      <Box
        role="toolbar"
        aria-label={t('Playback')}
        // Commands say by themselves that there is nothing to play; they are asked again when that changes.
        key={String(loaded)}
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', minHeight: 42, px: 1, columnGap: 0.25 }}
      >
        <CommandIcon command="player.step-backward">
          <SkipPrevious fontSize="small" />
        </CommandIcon>
        <Box component="span" sx={onlyWide}>
          <CommandIcon command="player.backward">
            <FastRewind fontSize="small" />
          </CommandIcon>
        </Box>
        <CommandIcon command="player.toggle">{playing ? <Pause /> : <PlayArrow />}</CommandIcon>
        <Box component="span" sx={onlyWide}>
          <CommandIcon command="player.forward">
            <FastForward fontSize="small" />
          </CommandIcon>
        </Box>
        <CommandIcon command="player.step-forward">
          <SkipNext fontSize="small" />
        </CommandIcon>
        <GoToField />
        <Box sx={{ flex: 1, minWidth: 4 }} />
        {refusal !== null && (
          <Chip
            size="small"
            color="warning"
            variant="outlined"
            label={t('The browser would not play')}
            title={refusal}
          />
        )}
        {range && (
          <Box component="span" sx={onlyWider}>
            <Chip
              size="small"
              variant="outlined"
              color="primary"
              label={rangeWords(range)}
              onDelete={() => shuttle.leaveRange()}
            />
          </Box>
        )}
        <CommandIcon command="player.loop-segment" dependsOn={segments} pressed={range?.mode === 'loop'}>
          <Repeat fontSize="small" />
        </CommandIcon>
        <PlayedMenu />
        <SpeedMenu />
        <VolumeControl hasAudio={hasAudio} sliderFrom={wider} />
        <ViewsButton />
        <Box component="span" sx={onlyWide}>
          <CommandIcon command="player.snapshot">
            <PhotoCamera fontSize="small" />
          </CommandIcon>
        </Box>
        <PlayerSettings />
        <CommandIcon command="player.full-window" pressed={fills}>
          {fills ? <CloseFullscreen fontSize="small" /> : <OpenInFull fontSize="small" />}
        </CommandIcon>
        <Box component="span" sx={onlyWider}>
          <HelpOnPanel scope="player" label={t('Help on the player')} />
        </Box>
      </Box>
    </Box>
  );
}
