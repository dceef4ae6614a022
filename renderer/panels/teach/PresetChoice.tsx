import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { tuningPresetId, type TuningPresetId } from '#preload/domain/tuning.ts';
import { t } from '../../language/language.ts';
import { useTeachChoice } from './teach-choice.ts';
import { presetWords } from './version-words.ts';

/** How much is learned, each with what it means. */
export function PresetChoice({ disabled }: { readonly disabled: boolean }) {
  const preset = useTeachChoice((choice) => choice.preset);
  return (
    <TextField
      select
      fullWidth
      size="small"
      disabled={disabled}
      label={t('How much to learn')}
      value={preset}
      onChange={({ target }) => useTeachChoice.setState({ preset: target.value as TuningPresetId })}
      helperText={presetWords[preset].meaning}
      slotProps={{
        select: { renderValue: () => presetWords[preset].name },
        formHelperText: { sx: { mx: 0.5, textWrap: 'pretty' } },
      }}
    >
      {tuningPresetId.options.map((each) => (
        <MenuItem key={each} value={each} sx={{ whiteSpace: 'normal', maxWidth: 340 }}>
          <div>
            {presetWords[each].name}
            <Box sx={{ fontSize: 12, lineHeight: 1.35, color: 'text.secondary', textWrap: 'pretty' }}>
              {presetWords[each].meaning}
            </Box>
          </div>
        </MenuItem>
      ))}
    </TextField>
  );
}
