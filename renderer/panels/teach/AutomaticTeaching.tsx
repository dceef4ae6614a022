import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { t } from '../../language/language.ts';
import { attempt } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { useProject } from '../../backend/project-queries.ts';

const usualCount = 10;
const mostCount = 1_000;

/** Whether the project teaches by itself, and after how many new corrections. */
export function AutomaticTeaching() {
  const { data: project } = useProject();
  const every = project?.settings.automaticTuning ?? 0;
  const [text, setText] = useState(String(every || usualCount));
  useEffect(() => {
    if (every > 0) setText(String(every));
  }, [every]);
  const typed = Number(text);
  const valid = Number.isInteger(typed) && typed >= 1 && typed <= mostCount;
  const save = (automaticTuning: number): void => attempt(backend.projects.changeSettings({ automaticTuning }));
  const commit = (): void => {
    if (!valid) setText(String(every || usualCount));
    else if (every > 0 && typed !== every) save(typed);
  };
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 0.75,
        fontSize: 12.5,
        whiteSpace: 'nowrap',
      }}
    >
      <FormControlLabel
        control={
          <Switch
            size="small"
            checked={every > 0}
            disabled={project === undefined || project.readOnly}
            onChange={(_, on) => save(on ? (valid ? typed : usualCount) : 0)}
            slotProps={{ input: { 'aria-label': t('Teach by itself') } }}
          />
        }
        label={t('By itself after')}
        sx={{ ml: -0.5, mr: 0, '& .MuiFormControlLabel-label': { fontSize: 12.5, ml: 0.5 } }}
      />
      <TextField
        value={text}
        error={!valid}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && (event.target as HTMLElement).blur()}
        slotProps={{
          htmlInput: {
            'aria-label': t('New corrections after which it teaches by itself, 1 to {{mostCount}}', { mostCount }),
            inputMode: 'numeric',
            style: { padding: '3px 6px', width: 30, textAlign: 'right', fontSize: 12.5 },
          },
        }}
      />
      {t('corrections')}
    </Box>
  );
}
