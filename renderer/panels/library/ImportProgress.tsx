import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../language/language.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api } from '../../backend/client.ts';
import { importSummary } from './import-summary.ts';

/** How far adding videos is, at the foot of the library: one line for one file or for five hundred. */
export function ImportProgress() {
  const { data: jobs = [] } = useQuery(api.jobs.list.queryOptions());
  const summary = importSummary(jobs);
  if (!summary) return null;
  return (
    <Box
      component="button"
      type="button"
      onClick={() => useStudio.getState().show({ dialog: 'jobs' })}
      sx={{
        all: 'unset',
        boxSizing: 'border-box',
        cursor: 'pointer',
        px: 1.5,
        py: 1,
        borderTop: 1,
        borderColor: 'divider',
        fontSize: 12,
        color: 'text.secondary',
        '&:focus-visible': { outline: '2px solid', outlineColor: 'focus.ring', outlineOffset: -2 },
      }}
    >
      <Box title={summary.text} sx={{ mb: 0.75, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {summary.text}
      </Box>
      <LinearProgress variant="determinate" value={summary.progress * 100} aria-label={t('Adding videos')} />
    </Box>
  );
}
