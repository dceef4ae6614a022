import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { t } from '../../../language/language.ts';
import { usePlayerPreferences } from '../player-preferences.ts';
import { isPlain, plainLook } from './picture-look.ts';
import { mainZoom } from './picture-zoom.ts';
import { PictureMap } from './PictureMap.tsx';

/** In the picture's corner: that it is shown otherwise than it was filmed, and which part of it is seen. */
export function PictureNotes() {
  const altered = usePlayerPreferences(({ look }) => !isPlain(look));
  return (
    <Box
      sx={{
        position: 'absolute',
        top: 8,
        right: 8,
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'flex-end',
        gap: 0.5,
      }}
    >
      {altered && (
        <ButtonBase
          aria-label={t('Picture altered on screen: show it as it is')}
          title={t(
            'Brightness, contrast or gamma are changed here on screen. Files, snapshots and models are not touched.',
          )}
          onClick={() => usePlayerPreferences.setState({ look: plainLook })}
          sx={{
            px: 0.75,
            gap: 0.5,
            borderRadius: 1,
            bgcolor: '#f0b352',
            color: '#1b1400',
            fontSize: 12,
            fontWeight: 600,
            lineHeight: '20px',
          }}
        >
          {t('Picture altered')}
          <Close sx={{ fontSize: 14 }} />
        </ButtonBase>
      )}
      <PictureMap zoom={mainZoom} takesKeys />
    </Box>
  );
}
