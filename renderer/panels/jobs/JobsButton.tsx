import ErrorOutlineOutlined from '@mui/icons-material/ErrorOutlineOutlined';
import TaskOutlined from '@mui/icons-material/TaskOutlined';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import { useQuery } from '@tanstack/react-query';
import { t } from '../../language/language.ts';
import { useStudio } from '../../shared/studio-state.ts';
import { api } from '../../backend/client.ts';
import { jobsSummary } from './job-words.ts';

/** Jobs in a word and a ring, in the status bar; opens the list. */
export function JobsButton() {
  const { data: jobs = [] } = useQuery(api.jobs.list.queryOptions());
  const summary = jobsSummary(jobs);
  return (
    <Box
      component="button"
      type="button"
      aria-label={t('Jobs: {{text}}', { text: summary.text })}
      onClick={() => useStudio.getState().show({ dialog: 'jobs' })}
      sx={{
        all: 'unset',
        cursor: 'pointer',
        display: 'inline-flex',
        alignItems: 'center',
        justifyContent: 'flex-end',
        gap: 0.75,
        minWidth: 118,
        flexShrink: 0,
        color: summary.failed > 0 && summary.active === 0 ? 'error.main' : 'inherit',
        '&:hover': { color: 'text.primary' },
        '&:focus-visible': { outline: '2px solid', outlineColor: 'focus.ring' },
        '& svg': { fontSize: 14 },
      }}
    >
      {summary.active > 0 ? (
        <CircularProgress
          variant="determinate"
          value={Math.max(4, summary.progress * 100)}
          size={13}
          thickness={7}
          aria-hidden
        />
      ) : summary.failed > 0 ? (
        <ErrorOutlineOutlined />
      ) : (
        <TaskOutlined />
      )}
      {summary.text}
    </Box>
  );
}
