import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Switch from '@mui/material/Switch';
import { useQuery } from '@tanstack/react-query';
import type { StudioSettings } from '#preload/domain/settings.ts';
import { attempt } from '../../shared/notices.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { AnnotatorField } from './AnnotatorField.tsx';
import { api, backend } from '../../backend/client.ts';

const themes: Record<StudioSettings['theme'], string> = { dark: 'Dark', light: 'Light', system: 'As the system' };

/** Who works at this machine, and how the studio looks here. */
export function DisplaySettings() {
  const { data: settings } = useQuery(api.studio.settings.queryOptions());
  const showRejected = useStudio((studio) => studio.showRejected);
  return (
    <Box sx={{ display: 'grid', gap: 2.5 }}>
      {settings && <AnnotatorField key={settings.annotator} annotator={settings.annotator} />}
      <FormControl>
        <FormLabel id="theme-label">Theme</FormLabel>
        <RadioGroup
          row
          aria-labelledby="theme-label"
          value={settings?.theme ?? 'dark'}
          onChange={(_, theme) => attempt(backend.studio.changeSettings({ theme: theme as StudioSettings['theme'] }))}
        >
          {(Object.keys(themes) as StudioSettings['theme'][]).map((theme) => (
            <FormControlLabel key={theme} value={theme} control={<Radio size="small" />} label={themes[theme]} />
          ))}
        </RadioGroup>
      </FormControl>
      <FormControlLabel
        control={
          <Switch
            checked={showRejected}
            onChange={(_, checked) => useStudio.getState().show({ showRejected: checked })}
          />
        }
        label="Show rejected segments in the timeline"
      />
    </Box>
  );
}
