import Box from '@mui/material/Box';
import Slider from '@mui/material/Slider';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { t } from '../language/language.ts';
import { backend } from '../backend/client.ts';
import { attempt } from './notices.ts';
import { useScoreThreshold } from './score-threshold.ts';
import { useStudio } from './studio-state.ts';

/** From which score on proposals are shown. While it is dragged the timeline already follows; it is stored on release. */
export function ThresholdSlider() {
  const show = useStudio((studio) => studio.show);
  const labelId = useId();
  const value = useScoreThreshold();
  return (
    <Box sx={{ px: 0.5 }}>
      <Typography id={labelId} variant="body2">
        {t('Show proposals that score at least {{value}} %', { value: Math.round(value * 100) })}
      </Typography>
      <Slider
        size="small"
        aria-labelledby={labelId}
        value={value}
        min={0}
        max={1}
        step={0.01}
        onChange={(_, next) => show({ scoreThresholdPreview: next })}
        onChangeCommitted={(_, next) =>
          attempt(
            backend.projects
              .changeSettings({ scoreThreshold: next })
              .finally(() => show({ scoreThresholdPreview: null })),
          )
        }
      />
      <Typography variant="caption" component="p" color="textSecondary">
        {t('Weaker ones are hidden, never deleted.')}
      </Typography>
    </Box>
  );
}
