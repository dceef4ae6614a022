import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { tuningPresetId, type TuningPresetId } from '#preload/domain/tuning.ts';
import { useTeachChoice } from './teach-choice.ts';
import { presetWords } from './version-words.ts';

/** How much is learned, each with what it means. */
export function PresetChoice() {
  const preset = useTeachChoice((choice) => choice.preset);
  return (
    <RadioGroup
      aria-label="How much to learn"
      value={preset}
      onChange={(_, value) => useTeachChoice.setState({ preset: value as TuningPresetId })}
      sx={{ gap: 0.75 }}
    >
      {tuningPresetId.options.map((each) => (
        <FormControlLabel
          key={each}
          value={each}
          control={<Radio size="small" sx={{ p: 0.25, mr: 0.75 }} />}
          label={
            <>
              <Box component="span" sx={{ display: 'block', fontWeight: each === preset ? 650 : 400 }}>
                {presetWords[each].name}
              </Box>
              <Box
                component="span"
                sx={{ display: 'block', fontSize: 11.5, lineHeight: 1.35, color: 'text.secondary', textWrap: 'pretty' }}
              >
                {presetWords[each].meaning}
              </Box>
            </>
          }
          sx={{ m: 0, alignItems: 'flex-start' }}
        />
      ))}
    </RadioGroup>
  );
}
