import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Slider from '@mui/material/Slider';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { t } from '../../../language/language.ts';
import { percent } from '../../../ui/quantities.ts';
import { usePlayerPreferences } from '../player-preferences.ts';
import { isPlain, lookRanges, plainLook, type PictureLook } from './picture-look.ts';

const names: Readonly<Record<keyof PictureLook, string>> = {
  gamma: t('Shadows (gamma)'),
  brightness: t('Brightness'),
  contrast: t('Contrast'),
};

/** How pictures are shown on this screen. */
export function LookSliders() {
  const look = usePlayerPreferences((preferences) => preferences.look);
  return (
    <Box sx={{ display: 'grid', gap: 0.5 }}>
      {(Object.keys(names) as (keyof PictureLook)[]).map((part) => (
        <LookSlider key={part} part={part} look={look} />
      ))}
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography variant="caption" color="text.secondary" sx={{ flex: 1 }}>
          {t('On this screen only: files, snapshots and models are not touched.')}
        </Typography>
        <Button disabled={isPlain(look)} onClick={() => usePlayerPreferences.setState({ look: plainLook })}>
          {t('As it is')}
        </Button>
      </Box>
    </Box>
  );
}

/** A slider in doublings, so that half and twice are as far from the middle. */
function LookSlider({ part, look }: { readonly part: keyof PictureLook; readonly look: PictureLook }) {
  const labelId = useId();
  const { min, max } = lookRanges[part];
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: '118px 1fr 48px', alignItems: 'center', gap: 1 }}>
      <Typography id={labelId} variant="body2">
        {names[part]}
      </Typography>
      <Slider
        size="small"
        aria-labelledby={labelId}
        min={Math.log2(min)}
        max={Math.log2(max)}
        step={0.05}
        marks={[{ value: 0 }]}
        track={false}
        scale={(value) => 2 ** value}
        getAriaValueText={percent}
        value={Math.log2(look[part])}
        onChange={(_event, value) => usePlayerPreferences.setState({ look: { ...look, [part]: 2 ** value } })}
      />
      <Typography variant="body2" sx={{ fontVariantNumeric: 'tabular-nums', textAlign: 'right' }}>
        {percent(look[part])}
      </Typography>
    </Box>
  );
}
