import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { t } from '../../language/language.ts';
import { backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';

/** A trial of the server that is in use, begun when it is set or asked for. */
export const useServerTrial = () => useMutation({ mutationFn: () => backend.models.tryServer() });

/** Whether the server answers as this machine does, and how fast; or why it cannot be used. */
export function ServerTrial({
  host,
  trial,
}: {
  readonly host: string;
  readonly trial: ReturnType<typeof useServerTrial>;
}) {
  const { data, error, isPending, status } = trial;
  const section = useRef<HTMLElement>(null);
  // What was just asked for stands below the fold.
  useEffect(() => {
    if (status !== 'idle') section.current?.scrollIntoView({ block: 'nearest' });
  }, [status]);
  const difference = data?.provider.trials.find(({ provider }) => provider === 'remote')?.maxDifference ?? null;
  return (
    <Box
      ref={section}
      component="section"
      aria-label={t('Trial of the server')}
      sx={{ display: 'grid', gap: 1, maxWidth: 560 }}
    >
      {isPending && (
        <Box role="status" sx={{ fontSize: 12.5 }}>
          {t('Asking {{host}}…', { host })}
          <LinearProgress aria-label={t('Trial of the server')} sx={{ mt: 0.5 }} />
        </Box>
      )}
      {data && !isPending && (
        <Alert severity="success">
          {t('{{host}} answers as this machine does{{difference}}, {{framesPerSecond}} frames a second.', {
            host,
            difference:
              difference !== null
                ? difference === 0
                  ? t(', to the last digit')
                  : ` ${t('({{difference}} apart at most)', { difference: difference.toExponential(1) })}`
                : '',
            framesPerSecond: Math.round(data.framesPerSecond),
          })}
        </Alert>
      )}
      {error && !isPending && <Alert severity="error">{failureOf(error).message}</Alert>}
      {!isPending && (
        <Button variant="outlined" sx={{ justifySelf: 'start' }} onClick={() => trial.mutate()}>
          {data || error ? t('Try the server again') : t('Try the server')}
        </Button>
      )}
    </Box>
  );
}
