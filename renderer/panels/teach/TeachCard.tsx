import ErrorOutlineOutlined from '@mui/icons-material/ErrorOutlineOutlined';
import SchoolOutlined from '@mui/icons-material/SchoolOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { TuningStatus } from '#preload/contract/tuning.ts';
import type { Job } from '#preload/domain/job.ts';
import { said } from '../../language/said.ts';
import { t } from '../../language/language.ts';
import { counted } from '../../language/counted.ts';
import { runCommand, useCommandKeys } from '../../shared/commands.ts';
import { tourAnchor } from '../../shared/tour-anchors.ts';
import { failureOf, wordsFor } from '../../backend/failures.ts';
import { ariaKeys } from '../../ui/key-caps.ts';
import { KeyCaps } from '../../ui/KeyCaps.tsx';
import { AutomaticTeaching } from './AutomaticTeaching.tsx';
import { PresetChoice } from './PresetChoice.tsx';
import { useNewestTuneJob } from './queries.ts';
import { TrainingProgress } from './TrainingProgress.tsx';

/**
 * Where teaching is started and watched. Progress comes below the button, which stays under the pointer when a teaching
 * begins or ends.
 */
export function TeachCard({ status }: { readonly status: TuningStatus }) {
  const keys = useCommandKeys('teach.start');
  const job = useNewestTuneJob();
  const { jobId, obstacle } = status;
  const blocked = jobId !== null || obstacle !== null;
  return (
    <Box sx={{ p: 1.25, border: 1, borderColor: 'divider', borderRadius: 1.5, bgcolor: 'surface.raised' }}>
      <PresetChoice disabled={jobId !== null} />
      <Button
        ref={tourAnchor('teach')}
        fullWidth
        variant="contained"
        startIcon={<SchoolOutlined />}
        aria-describedby="teach-standing"
        aria-keyshortcuts={ariaKeys(keys)}
        // Not `disabled`: the focus stays where it is, and what hinders can be heard.
        aria-disabled={blocked}
        onClick={() => !blocked && runCommand('teach.start')}
        sx={{ mt: 1.25, ...(blocked && { opacity: 0.5, cursor: 'default' }) }}
      >
        {jobId === null ? t('Teach') : t('Teaching…')}
        {jobId === null && keys[0] !== undefined && (
          <Box component="span" sx={{ ml: 1 }}>
            <KeyCaps keys={keys[0]} />
          </Box>
        )}
      </Button>
      {jobId !== null && <TrainingProgress jobId={jobId} job={job?.id === jobId ? job : undefined} />}
      <Standing status={status} job={job} />
      <AutomaticTeaching />
    </Box>
  );
}

/** What hinders, what went wrong last, or how much is new: one place of two lines. */
function Standing({ status, job }: { readonly status: TuningStatus; readonly job: Job | undefined }) {
  const newest = status.versions[0];
  const failure =
    status.jobId === null && job?.state === 'failed' && job.createdAt > (newest?.createdAt ?? 0) ? job.failure : null;
  const text =
    status.jobId !== null
      ? t('What is in use stays, unless this does better on held-back videos.')
      : status.obstacle !== null
        ? said(status.obstacle)
        : failure
          ? `${failureOf(failure).message} ${wordsFor(failure).advice}`
          : newest
            ? t('{{corrections}} since {{name}}.', {
                corrections: counted(status.correctionsSince, 'correction'),
                name: newest.name,
              })
            : t('{{corrections}} to learn from.', { corrections: counted(status.correctionsSince, 'correction') });
  const bad = status.jobId === null && (status.obstacle !== null || failure != null);
  return (
    <Box
      id="teach-standing"
      sx={{ display: 'flex', gap: 0.75, minHeight: 36, mt: 1, mb: 0.5, fontSize: 12, color: 'text.secondary' }}
    >
      {bad && <ErrorOutlineOutlined aria-hidden sx={{ fontSize: 16, color: 'warning.main', flexShrink: 0 }} />}
      <Box sx={{ textWrap: 'pretty', overflowWrap: 'anywhere', color: bad ? 'text.primary' : 'inherit' }}>{text}</Box>
    </Box>
  );
}
