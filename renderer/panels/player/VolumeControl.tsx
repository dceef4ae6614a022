import VolumeOff from '@mui/icons-material/VolumeOff';
import VolumeUp from '@mui/icons-material/VolumeUp';
import Box from '@mui/material/Box';
import Slider from '@mui/material/Slider';
import { t } from '../../language/language.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { shuttle, useShuttle } from '../../playback/playback.ts';

/** Mute and, where there is room, loudness; says so where the video has no sound. */
export function VolumeControl({ hasAudio, sliderFrom }: { readonly hasAudio: boolean; readonly sliderFrom: string }) {
  const volume = useShuttle((state) => state.volume);
  const muted = useShuttle((state) => state.muted);
  const silent = !hasAudio || muted || volume === 0;
  return (
    <>
      <IconAction
        label={!hasAudio ? t('This video has no sound') : muted ? t('Sound on') : t('Mute')}
        keys={['Shift+M']}
        disabled={!hasAudio}
        onClick={() => shuttle.setVolume(volume, !muted)}
      >
        {silent ? <VolumeOff fontSize="small" /> : <VolumeUp fontSize="small" />}
      </IconAction>
      {hasAudio && (
        <Box sx={{ display: 'none', [sliderFrom]: { display: 'flex' }, width: 64, mx: 1 }}>
          <Slider
            size="small"
            aria-label={t('Volume')}
            min={0}
            max={1}
            step={0.05}
            value={muted ? 0 : volume}
            onChange={(_event, value) => shuttle.setVolume(value, value === 0)}
          />
        </Box>
      )}
    </>
  );
}
