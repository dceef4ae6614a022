import CancelOutlined from '@mui/icons-material/CancelOutlined';
import ReplayOutlined from '@mui/icons-material/ReplayOutlined';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import type { Job } from '#preload/domain/job.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { attempt } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { wordsFor, failureOf } from '../../backend/failures.ts';
import { roughSeconds } from '../../ui/durations.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { MiddleEllipsis } from '../../ui/MiddleEllipsis.tsx';
import { isActive, stateWords } from './job-words.ts';
import { percent } from '../../ui/quantities.ts';

/** One job: what it does, how far it is and how long it still takes; or how it ended, and why. */
export function JobRow({ job }: { readonly job: Job }) {
  const running = job.state === 'running';
  const title = said(job.title);
  return (
    <Box sx={{ px: 2, py: 1, minHeight: 46, borderTop: 1, borderColor: 'divider' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Box sx={{ flex: 1, minWidth: 0, fontSize: 13, fontWeight: 550 }}>
          <MiddleEllipsis text={title} />
        </Box>
        <Box
          sx={{ fontSize: 12, color: job.state === 'failed' ? 'error.main' : 'text.secondary', whiteSpace: 'nowrap' }}
        >
          {running ? percent(Math.floor(job.progress * 100) / 100) : stateWords[job.state]}
        </Box>
        {isActive(job) && (
          <IconAction
            label={t('Cancel: {{title}}', { title })}
            onClick={() => attempt(backend.jobs.cancel({ jobIds: [job.id] }))}
          >
            <CancelOutlined fontSize="small" />
          </IconAction>
        )}
        {(job.state === 'failed' || job.state === 'cancelled') && (
          <IconAction
            label={t('Retry: {{title}}', { title })}
            onClick={() => attempt(backend.jobs.retry({ jobIds: [job.id] }))}
          >
            <ReplayOutlined fontSize="small" />
          </IconAction>
        )}
      </Box>
      {running && (
        <>
          <LinearProgress
            variant="determinate"
            value={job.progress * 100}
            aria-label={title}
            sx={{ my: 0.5, borderRadius: 2 }}
          />
          <Box
            sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, fontSize: 11.5, color: 'text.secondary' }}
          >
            <span>{said(job.step)}</span>
            <span>{job.remainingS !== null && t('{{time}} left', { time: roughSeconds(job.remainingS) })}</span>
          </Box>
        </>
      )}
      {job.failure && job.state === 'failed' && (
        <Box sx={{ fontSize: 12, color: 'text.secondary', mt: 0.25 }}>
          <Box sx={{ color: 'text.primary' }}>{failureOf(job.failure).message}</Box>
          {wordsFor(job.failure).advice}
        </Box>
      )}
      {job.notes.map(said).map((note) => (
        <Box key={note} sx={{ fontSize: 12, color: 'text.secondary', mt: 0.25 }}>
          {note}
        </Box>
      ))}
    </Box>
  );
}
