import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import {
  leastAgreement,
  settingsOfPlan,
  type KeptPlan,
  type PlanProgress,
  type PlanReport,
  type PlanTrial,
  type StillTrial,
} from '#preload/domain/compute-plan.ts';
import { mergesTokens, type ExecutionProvider } from '#preload/domain/model.ts';
import { api, backend } from '../../backend/client.ts';
import { failureOf } from '../../backend/failures.ts';
import { attempt } from '../../shared/notices.ts';
import { providerName } from '../../shared/status-words.ts';
import { digitsFont } from '../../shared/theme.ts';
import { percent, decimal } from '../../ui/quantities.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';

/** Tries every way to compute the project's model on the project's own frames, and lets a person take one. */
export function PlanTrials({ inUse }: { readonly inUse: 'auto' | ExecutionProvider }) {
  const [progress, setProgress] = useState<PlanProgress | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const trial = useMutation({
    mutationFn: async (): Promise<PlanReport | null> => {
      const control = new AbortController();
      stop.current = control;
      setProgress({ done: 0, step: '' });
      try {
        const telling = await backend.models.tryPlans(undefined, { signal: control.signal });
        let told = await telling.next();
        for (; !told.done; told = await telling.next()) setProgress(told.value);
        return told.value;
      } catch (error) {
        if (control.signal.aborted) return null;
        throw error;
      } finally {
        setProgress(null);
      }
    },
  });
  // Of an earlier start, unless one was made now.
  const { data: earlier = null } = useQuery(api.models.planReport.queryOptions());
  const report = trial.data ?? earlier;
  const { data: kept } = useQuery(api.models.keptPlan.queryOptions());
  return (
    <Box component="section" aria-labelledby="plan-trials" sx={{ display: 'grid', gap: 1 }}>
      <Typography id="plan-trials" variant="h3" component="h3">
        {t('Faster on your own videos')}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {t(
          'Whole numbers on the processor and half precision on a graphics card are several times as fast, and nearly exact. Try all on frames of this project; features are computed anew with what you take.',
        )}
      </Typography>
      {kept && <Typography variant="body2">{keptWords(kept)}</Typography>}
      {progress === null ? (
        <Box>
          <Button variant="outlined" onClick={() => trial.mutate()}>
            {report === null ? t('Try every way') : t('Try again')}
          </Button>
        </Box>
      ) : (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
          <Box role="status" sx={{ flex: 1, fontSize: 12.5 }}>
            {said(progress.step) || t('starting')}
            <LinearProgress
              variant="determinate"
              value={100 * progress.done}
              aria-label={t('Trial of every way to compute')}
              sx={{ mt: 0.5 }}
            />
          </Box>
          <Button color="inherit" onClick={() => stop.current?.abort()}>
            {t('Stop')}
          </Button>
        </Box>
      )}
      {trial.isError && <Alert severity="error">{failureOf(trial.error).message}</Alert>}
      {report !== null && progress === null && <Trials report={report} inUse={inUse} />}
    </Box>
  );
}

function Trials({ report, inUse }: { readonly report: PlanReport; readonly inUse: 'auto' | ExecutionProvider }) {
  const cpu = report.trials.find(({ plan }) => plan === 'cpu')!;
  return (
    <>
      <Typography variant="body2">
        {t('{{frames}} frames, {{model}}: the fastest that agrees is {{providerName}}.', {
          frames: report.frames,
          model: report.model,
          providerName: providerName(report.fastest),
        })}
      </Typography>
      <Table size="small" aria-label={t('Ways to compute on this machine')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('Computed on')}</TableCell>
            <TableCell align="right">{t('Frames a second')}</TableCell>
            <TableCell align="right">{t('Features alike')}</TableCell>
            <TableCell align="right">{t('Same class')}</TableCell>
            <TableCell align="right">{t('Same order')}</TableCell>
            <TableCell />
          </TableRow>
        </TableHead>
        <TableBody>
          {inOrder(report.trials).map((trial) => (
            <TableRow key={trial.plan} selected={trial.plan === report.fastest}>
              <TableCell>{providerName(trial.plan)}</TableCell>
              <Figures trial={trial} cpu={cpu} />
              <TableCell align="right">{inUse === trial.plan ? t('in use') : <Take trial={trial} />}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="body2" color="textSecondary">
        {t(
          '“Alike” is the cosine that 95 % of the frames reach; less than {{cosine}}, or fewer than {{sameClass}} % with the same class, is not used. “Same order” is how many pairs of proposals keep theirs, {{sameOrder}} % at least.',
          {
            cosine: leastAgreement.cosine,
            sameClass: 100 * leastAgreement.sameClass,
            sameOrder: 100 * leastAgreement.sameOrder,
          },
        )}
      </Typography>
      {report.trials.some(({ plan }) => mergesTokens(plan)) && (
        <Typography variant="body2" color="textSecondary">
          {t(
            'With merged tokens, patches of a picture that are alike become one on the way through the model, half of them in all (Bolya et al. 2023): faster, and less exact. It is never chosen for you; where it differs too much you may still use it, and what you find will differ as much.',
          )}
        </Typography>
      )}
      <Typography variant="body2">{stillWords(report.still)}</Typography>
    </>
  );
}

/** Takes a way that agrees; one that merges tokens, which a person must ask for, also where it agrees less. */
function Take({ trial }: { readonly trial: PlanTrial }) {
  const { plan, problem, framesPerSecond } = trial;
  const isComputed = framesPerSecond !== null;
  if (problem !== null && !(isComputed && mergesTokens(plan))) return null;
  const name = providerName(plan);
  return (
    <Button
      size="small"
      color={problem === null ? 'primary' : 'warning'}
      aria-label={
        problem === null
          ? t('Use {{providerName}}', { providerName: name })
          : t('Use {{providerName}} all the same', { providerName: name })
      }
      onClick={() => attempt(backend.studio.changeSettings(settingsOfPlan(trial)))}
    >
      {problem === null ? t('Use') : t('Use all the same')}
    </Button>
  );
}

/** What was found before the first frames were read. */
function keptWords({ plan, framesPerSecond, ofProcessor, cosine, frames }: KeptPlan): string {
  const times = decimal(framesPerSecond / ofProcessor, 1);
  const speed = t("{{framesPerSecond}} frames a second, {{times}}× the processor's float32", {
    framesPerSecond: decimal(framesPerSecond, 1),
    times,
  });
  return t(
    'This project is read on {{providerName}}: by trial on {{frames}} of its frames the fastest that agrees ({{speed}}, alike {{cosine}}). A provider above that is always used stands in its place.',
    { providerName: providerName(plan), frames, speed, cosine: decimal(cosine, 4) },
  );
}

/** What sharing the features of still frames would bring here. */
function stillWords({ share, cosine, problem }: StillTrial): string {
  if (share === 0) return t('Every frame differs from the one before: there is nothing to share.');
  const still = t('{{share}} of the frames hardly differ from the one before', { share: percent(share) });
  return problem === null
    ? t('{{still}}. Sharing its features, in the settings of the project, saves as much (alike {{cosine}}).', {
        still,
        cosine: decimal(cosine, 4),
      })
    : t('{{still}}, but sharing its features differs too much.', { still });
}

/** What can be used first, the fastest on top; then what cannot. */
const inOrder = (trials: readonly PlanTrial[]): PlanTrial[] =>
  trials.toSorted(
    (a, b) =>
      Number(a.problem !== null) - Number(b.problem !== null) || (b.framesPerSecond ?? 0) - (a.framesPerSecond ?? 0),
  );

function Figures({ trial, cpu }: { readonly trial: PlanTrial; readonly cpu: PlanTrial }) {
  const { framesPerSecond, batch, cosine, sameClass, sameOrder, problem } = trial;
  if (framesPerSecond === null || cosine === null)
    return (
      <TableCell colSpan={4} sx={{ color: 'text.secondary' }}>
        {problem !== null && said(problem)}
      </TableCell>
    );
  const times = framesPerSecond / cpu.framesPerSecond!;
  return (
    <>
      <TableCell align="right" sx={{ fontFamily: digitsFont }}>
        {decimal(framesPerSecond, 1)}
        {trial === cpu ? '' : ` (${decimal(times, 1)}×)`}
        {batch !== null && ` ${t('by {{batch}}', { batch })}`}
      </TableCell>
      <TableCell align="right" sx={{ fontFamily: digitsFont }}>
        {decimal(cosine, 4)}
      </TableCell>
      <TableCell align="right" sx={{ fontFamily: digitsFont }}>
        {sameClass === null ? '–' : percent(sameClass)}
      </TableCell>
      <TableCell align="right" sx={{ fontFamily: digitsFont }}>
        {sameOrder === null ? '–' : percent(sameOrder)}
        {problem === null ? '' : t(': differs too much')}
      </TableCell>
    </>
  );
}
