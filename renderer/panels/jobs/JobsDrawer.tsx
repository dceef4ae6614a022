import CloseIcon from '@mui/icons-material/Close';
import TaskOutlined from '@mui/icons-material/TaskOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { t } from '../../language/language.ts';
import { FailureNote } from '../../shared/FailureNote.tsx';
import { attempt } from '../../shared/notices.ts';
import { api, backend } from '../../backend/client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { JobRow } from './JobRow.tsx';
import { arrangeJobs, isActive } from './job-words.ts';

/** Long work: what runs and how long it still takes, what failed and why, and stopping or retrying it. */
export function JobsDrawer({ onClose }: { readonly onClose: () => void }) {
  const query = useQuery(api.jobs.list.queryOptions());
  const jobs = useMemo(() => arrangeJobs(query.data ?? []), [query.data]);
  const active = jobs.filter(isActive);
  const failed = jobs.filter((job) => job.state === 'failed' || job.state === 'cancelled');
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      slotProps={{
        paper: {
          sx: { width: 420, maxWidth: '90vw', bgcolor: 'surface.panel' },
          role: 'dialog',
          'aria-label': t('Jobs'),
        },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, pl: 2, pr: 1, height: 48, flexShrink: 0 }}>
        <Typography variant="h2" sx={{ flex: 1 }}>
          {t('Jobs')}
        </Typography>
        <IconAction label={t('Close')} onClick={onClose}>
          <CloseIcon fontSize="small" />
        </IconAction>
      </Box>
      <Box sx={{ display: 'flex', gap: 1, px: 2, pb: 1, flexShrink: 0 }}>
        <Button
          variant="outlined"
          disabled={active.length === 0}
          onClick={() => attempt(backend.jobs.cancel({ jobIds: active.map((job) => job.id) }))}
        >
          {t('Cancel all')}
        </Button>
        <Button
          variant="outlined"
          disabled={failed.length === 0}
          onClick={() => attempt(backend.jobs.retry({ jobIds: failed.map((job) => job.id) }))}
        >
          {t('Retry failed')}
        </Button>
        <Button
          sx={{ ml: 'auto' }}
          disabled={jobs.length === active.length}
          onClick={() => attempt(backend.jobs.clear().then(() => query.refetch()))}
        >
          {t('Clear finished')}
        </Button>
      </Box>
      {query.isError ? (
        <FailureNote error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <RowsSkeleton rows={4} height={46} label={t('Loading the jobs')} />
      ) : jobs.length === 0 ? (
        <EmptyState icon={<TaskOutlined />} title={t('No jobs')}>
          {t('Adding videos and proposing segments run here, and go on while you work.')}
        </EmptyState>
      ) : (
        <VirtualList label={t('Jobs')} items={jobs} keyOf={(job) => job.id} rowHeight={46}>
          {(job) => <JobRow job={job} />}
        </VirtualList>
      )}
    </Drawer>
  );
}
