import Autorenew from '@mui/icons-material/Autorenew';
import ReportProblemOutlined from '@mui/icons-material/ReportProblemOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { Job } from '#preload/domain/job.ts';
import type { Video } from '#preload/domain/video.ts';
import { notifyFailure } from '../../shared/notices.ts';
import { api } from '../../backend/client.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { roughSeconds } from '../../ui/durations.ts';
import { OnStage } from './OnStage.tsx';

/** A video whose format the browser cannot show: how far its playable copy has come, or why there is none. */
export function ProxyPending({ video }: { readonly video: Video }) {
  const { data: jobs } = useQuery(api.jobs.list.queryOptions());
  const job = jobs?.find((each) => each.kind === 'proxy' && each.videoId === video.id);
  const stopped = job?.state === 'failed' || job?.state === 'cancelled';
  return <OnStage>{job && stopped ? <Stopped job={job} /> : <Underway video={video} job={job} />}</OnStage>;
}

const Underway = ({ video, job }: { readonly video: Video; readonly job: Job | undefined }) => {
  const running = job?.state === 'running';
  return (
    <EmptyState icon={<Autorenew />} title="Making a playable copy">
      <div>
        {video.facts.codec} in {video.facts.container} cannot be shown as it is. The copy has the very same frames at
        the same times.
      </div>
      <Box sx={{ mt: 2 }}>
        <LinearProgress
          aria-label="Making a playable copy"
          {...(running ? { variant: 'determinate', value: job.progress * 100 } : { variant: 'indeterminate' })}
        />
      </Box>
      <Box sx={{ mt: 0.75, fontVariantNumeric: 'tabular-nums' }}>
        {running ? `${Math.round(job.progress * 100)}%` : 'Waiting for its turn'}
        {running && job.remainingS !== null && ` · ${roughSeconds(job.remainingS)} left`}
      </Box>
    </EmptyState>
  );
};

const Stopped = ({ job }: { readonly job: Job }) => {
  const retry = useMutation(api.jobs.retry.mutationOptions({ onError: notifyFailure }));
  return (
    <EmptyState
      icon={<ReportProblemOutlined />}
      title="There is no playable copy"
      action={
        <Button variant="outlined" disabled={retry.isPending} onClick={() => retry.mutate({ jobIds: [job.id] })}>
          Try again
        </Button>
      }
    >
      {job.failure?.message ?? 'Making it was cancelled.'}
    </EmptyState>
  );
};
