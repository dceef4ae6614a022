import Box from '@mui/material/Box';
import Slider from '@mui/material/Slider';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { t } from '../language/language.ts';
import { changeScoreThreshold, previewScoreThreshold, useScoreThreshold } from './score-threshold.ts';

/** Steps of a slider add up to 0.5000000000000001. */
const toHundredth = (value: number): number => Math.round(value * 100) / 100;

/** From which score on proposals are shown. While it is dragged the timeline already follows; it is stored once the hand rests. */
export function ThresholdSlider() {
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
        onChange={(_, next) => previewScoreThreshold(toHundredth(next))}
        onChangeCommitted={(_, next) => changeScoreThreshold(toHundredth(next))}
      />
      <Typography variant="caption" component="p" color="textSecondary">
        {t('Weaker ones are hidden, never deleted.')}
      </Typography>
    </Box>
  );
}
