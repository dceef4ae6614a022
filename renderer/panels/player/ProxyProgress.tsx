import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Job } from '#preload/domain/job.ts';
import { failureOf } from '../../backend/failures.ts';
import type { Video } from '#preload/domain/video.ts';
import { t } from '../../language/language.ts';
import { notifyFailure } from '../../shared/notices.ts';
import { api } from '../../backend/client.ts';
import { roughSeconds } from '../../ui/durations.ts';
import { percent } from '../../ui/quantities.ts';
import { OnStage } from './OnStage.tsx';

/** Under the stills of a video that the browser cannot play: how far its playable copy has come, or why there is none. */
export function ProxyProgress({ video }: { readonly video: Video }) {
  const { data: jobs } = useQuery(api.jobs.list.queryOptions());
  const job = jobs?.find((each) => each.kind === 'proxy' && each.videoId === video.id);
  const stopped = job?.state === 'failed' || job?.state === 'cancelled';
  return (
    <Box sx={{ flexShrink: 0, bgcolor: 'rgba(255, 255, 255, 0.08)', color: 'rgba(255, 255, 255, 0.86)', fontSize: 12 }}>
      <OnStage>{job && stopped ? <Stopped job={job} /> : <Underway video={video} job={job} />}</OnStage>
    </Box>
  );
}

const Underway = ({ video, job }: { readonly video: Video; readonly job: Job | undefined }) => {
  const running = job?.state === 'running';
  return (
    <Box
      sx={{ flex: 1, minWidth: 0 }}
      title={t('{{codec}} in {{container}} cannot be played as it is.', {
        codec: video.facts.codec,
        container: video.facts.container,
      })}
    >
      <LinearProgress
        aria-label={t('Making a playable copy')}
        sx={{ height: 2 }}
        {...(running ? { variant: 'determinate', value: job.progress * 100 } : { variant: 'indeterminate' })}
      />
      <Box sx={{ px: 1, py: 0.5, fontVariantNumeric: 'tabular-nums' }}>
        {t('Single pictures, exact but without sound, while a playable copy is made: {{progress}}{{running}}', {
          progress: running ? percent(job.progress) : t('waiting for its turn'),
          running:
            running && job.remainingS !== null ? t(', {{time}} left', { time: roughSeconds(job.remainingS) }) : '',
        })}
      </Box>
    </Box>
  );
};

const Stopped = ({ job }: { readonly job: Job }) => {
  const retry = useMutation(api.jobs.retry.mutationOptions({ onError: notifyFailure }));
  return (
    <Box role="status" sx={{ flex: 1, minWidth: 0, px: 1, py: 0.5, display: 'flex', alignItems: 'center', gap: 1.5 }}>
      <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {t('Single pictures only: there is no playable copy. {{message}}', {
          message: job.failure ? failureOf(job.failure).message : t('Making it was cancelled.'),
        })}
      </Box>
      <Button
        size="small"
        variant="outlined"
        sx={{ flexShrink: 0 }}
        disabled={retry.isPending}
        onClick={() => retry.mutate({ jobIds: [job.id] })}
      >
        {t('Try again')}
      </Button>
    </Box>
  );
};
