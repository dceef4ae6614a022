import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import type { Job } from '#preload/domain/job.ts';
import { attempt } from '../../shared/notices.ts';
import { backend } from '../../backend/client.ts';
import { useTrainingCurve } from '../../backend/training-curves.ts';
import { roughSeconds } from '../../ui/durations.ts';
import { curveParts } from './curve-series.ts';
import { LossCurve } from './LossCurve.tsx';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';

/** A teaching that waits or runs: its live curve, what it is at, how long it still takes. */
export function TrainingProgress({ jobId, job }: { readonly jobId: number; readonly job: Job | undefined }) {
  const { names, edges } = curveParts(useTrainingCurve(jobId));
  const atEdges = edges.length > 0;
  const running = job?.state === 'running';
  const step = job === undefined ? '' : said(job.step);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 0.5, mt: 1.25 }}>
      <LossCurve of={atEdges ? 'edges' : 'names'} points={atEdges ? edges : names} height={72} />
      <LinearProgress
        variant={running ? 'determinate' : 'indeterminate'}
        value={(job?.progress ?? 0) * 100}
        aria-label={t('Learning from the corrections')}
        sx={{ borderRadius: 2, flexShrink: 0 }}
      />
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, fontSize: 11.5, color: 'text.secondary' }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Box sx={{ overflowWrap: 'anywhere' }}>{running ? step || t('beginning') : t('Waits for its turn')}</Box>
          <Box>{job?.remainingS == null ? ' ' : t('{{time}} left', { time: roughSeconds(job.remainingS) })}</Box>
        </Box>
        <Button
          color="inherit"
          aria-label={t('Cancel teaching')}
          onClick={() => attempt(backend.jobs.cancel({ jobIds: [jobId] }))}
        >
          {t('Cancel')}
        </Button>
      </Box>
    </Box>
  );
}
