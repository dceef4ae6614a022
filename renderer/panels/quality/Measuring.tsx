import FactCheckOutlined from '@mui/icons-material/FactCheckOutlined';
import type { Told } from '#preload/domain/saying.ts';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import type { QualityState } from '#preload/contract/quality.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { backend } from '../../backend/client.ts';
import { attempt } from '../../shared/notices.ts';
import { SpokenKeyCaps } from '../../ui/KeyCaps.tsx';
import { roughSeconds } from '../../ui/durations.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useMinuteClock } from '../../ui/minute-clock.ts';
import { Placed } from '../../ui/Placed.tsx';
import { timeAgo } from '../../ui/time-ago.ts';
import { measuredWords, staleWords } from './quality-words.ts';
import { useJob } from './queries.ts';

/** What is asked, on how many videos, how old the answer is, and the button that measures; or what is missing for it. */
export function Measuring({ state, notes }: { readonly state: QualityState; readonly notes: readonly Told[] }) {
  const { on, complete, videos, measured, obstacle, jobId } = state;
  const now = useMinuteClock();
  const stale = staleWords(state);
  if (measured === null && jobId === null && obstacle !== null) return <NothingToMeasure state={state} />;
  return (
    <Box component="section" aria-label={t('What is measured')} sx={{ display: 'grid', gap: 1, flexShrink: 0 }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'flex-start', flexWrap: 'wrap' }}>
        <Typography variant="body2" sx={{ flex: '1 1 380px', maxWidth: 760, textWrap: 'pretty' }}>
          {measuredWords[on].question}{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            {t('{{complete}} of {{videos}} are reviewed as complete, with nothing ambiguous.', { complete, videos })}
            {measured !== null && ` ${t('Measured {{time}}.', { time: timeAgo(measured.measuredAt, now) })}`}
          </Box>
        </Typography>
        {jobId === null && (
          <Button
            variant={measured === null || stale !== null ? 'contained' : 'outlined'}
            aria-disabled={obstacle !== null}
            aria-describedby={obstacle === null ? undefined : 'quality-obstacle'}
            onClick={() => obstacle === null && attempt(backend.quality.measure({ on }))}
          >
            {measured === null ? t('Measure') : t('Measure again')}
          </Button>
        )}
      </Box>
      {obstacle !== null && jobId === null && (
        <Typography id="quality-obstacle" variant="body2" color="textSecondary">
          {said(obstacle)}
        </Typography>
      )}
      {jobId !== null && <Running jobId={jobId} />}
      {stale !== null && jobId === null && (
        <Alert severity="info">
          {stale} {t('Measure again to see what it is now.')}
        </Alert>
      )}
      {notes.length > 0 && (
        <Box component="ul" aria-label={t('Left out')} sx={{ m: 0, pl: 2.5, fontSize: 12, color: 'text.secondary' }}>
          {notes.map(said).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </Box>
      )}
    </Box>
  );
}

function Running({ jobId }: { readonly jobId: number }) {
  const job = useJob(jobId);
  const runs = job?.state === 'running';
  return (
    <Box sx={{ display: 'grid', gap: 0.5 }}>
      <LinearProgress
        variant={runs ? 'determinate' : 'indeterminate'}
        value={(job?.progress ?? 0) * 100}
        aria-label={t('Measuring')}
        sx={{ borderRadius: 2 }}
      />
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, fontSize: 12, color: 'text.secondary' }}>
        <Box sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {runs ? said(job.step) || t('beginning') : t('Waits for its turn')}
        </Box>
        <Box>{job?.remainingS == null ? '' : t('{{time}} left', { time: roughSeconds(job.remainingS) })}</Box>
        <Button
          color="inherit"
          size="small"
          aria-label={t('Cancel measuring')}
          onClick={() => attempt(backend.jobs.cancel({ jobIds: [jobId] }))}
        >
          {t('Cancel')}
        </Button>
      </Box>
    </Box>
  );
}

function NothingToMeasure({ state: { on, obstacle, complete } }: { readonly state: QualityState }) {
  return (
    <EmptyState icon={<FactCheckOutlined />} title={t('Nothing to measure yet')}>
      <p>{obstacle !== null && said(obstacle)}</p>
      {complete === 0 && (
        <p>
          <Placed
            words={t(
              'Mark every occurrence of every class in a video, then press <keys/>: every class is complete in it. With three such videos or more the numbers are worth reading.',
            )}
            parts={{ keys: <SpokenKeyCaps keys="Shift+C" /> }}
          />
        </p>
      )}
      {on !== 'reviewed' && <p>{t('Which videos belong to a split is said in “Train, validation and test…”.')}</p>}
    </EmptyState>
  );
}
