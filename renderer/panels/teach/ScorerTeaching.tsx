import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { scorerPresetId, type ScorerPresetId } from '#preload/domain/scorer-version.ts';
import { failureOf } from '../../backend/failures.ts';
import { t } from '../../language/language.ts';
import { said } from '../../language/said.ts';
import { attempt } from '../../shared/notices.ts';
import { api, backend } from '../../backend/client.ts';
import { roughSeconds } from '../../ui/durations.ts';
import { ScorerQuestion } from './ScorerQuestion.tsx';
import { listedScorer } from './listed-version.ts';
import { scorerPresetWords } from './version-words.ts';
import { VersionList } from './VersionList.tsx';

/** What takes longer than this asks before it begins. */
const unaskedMinutes = 5;

/** Fine-tuning of the project's X-CLIP on the same corrections, behind a check of its own; and its versions. */
export function ScorerTeaching({ model }: { readonly model: string }) {
  const [chosen, setChosen] = useState<ScorerPresetId>('careful');
  const { data: jobs = [] } = useQuery(api.jobs.list.queryOptions());
  const { data: all = [] } = useQuery(api.versions.list.queryOptions({ input: { kind: 'scorer' } }));
  const { data: models = [] } = useQuery(api.models.list.queryOptions());
  // The picture encoder of another family stays as it is, whatever the project's earlier scorer was taught with.
  const keepsPictures = models.some(({ name, capabilities }) => name === model && capabilities.embedsFrames);
  const presets = keepsPictures ? (['careful'] as const) : scorerPresetId.options;
  const preset = keepsPictures ? 'careful' : chosen;
  const job = jobs.find(({ kind }) => kind === 'tune-scorer');
  const active = job?.state === 'queued' || job?.state === 'running';
  const versions = all.flatMap((version) => (version.kind === 'scorer' && version.model === model ? version : []));
  const [newest] = versions;
  const { data: question } = useQuery(api.tuning.scorerQuestion.queryOptions());
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 1 }}>
      <TextField
        select
        fullWidth
        value={preset}
        disabled={active}
        onChange={(event) => setChosen(event.target.value as ScorerPresetId)}
        helperText={scorerPresetWords[preset].meaning}
        slotProps={{ htmlInput: { 'aria-label': t('How much of X-CLIP is trained') } }}
      >
        {presets.map((each) => (
          <MenuItem key={each} value={each}>
            {scorerPresetWords[each].name}
          </MenuItem>
        ))}
      </TextField>
      {/* One place of one height, whether it can be started or runs. */}
      <Box sx={{ minHeight: 62 }}>
        {active ? (
          <>
            <LinearProgress
              variant={job.state === 'running' ? 'determinate' : 'indeterminate'}
              value={job.progress * 100}
              aria-label={t('Fine-tuning X-CLIP')}
              sx={{ borderRadius: 2, mb: 0.5 }}
            />
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, fontSize: 11.5, color: 'text.secondary' }}>
              <Box sx={{ flex: 1, minWidth: 0 }}>
                {said(job.step) || t('Waits for its turn')}
                {job.remainingS !== null && ` ${t('· {{time}} left', { time: roughSeconds(job.remainingS) })}`}
              </Box>
              <Button color="inherit" onClick={() => attempt(backend.jobs.cancel({ jobIds: [job.id] }))}>
                {t('Cancel')}
              </Button>
            </Box>
          </>
        ) : question ? (
          <ScorerQuestion question={question} />
        ) : (
          <>
            <Button
              fullWidth
              variant="outlined"
              onClick={() => attempt(backend.tuning.startScorer({ preset, longestMinutes: unaskedMinutes, ask: true }))}
            >
              {t('Fine-tune X-CLIP')}
            </Button>
            <Box sx={{ mt: 0.5, fontSize: 12, color: 'text.secondary', textWrap: 'pretty' }}>
              {job?.state === 'failed' && job.failure && job.createdAt > (newest?.createdAt ?? 0)
                ? failureOf(job.failure).message
                : newest
                  ? said(newest.reason)
                  : t(
                      'It measures first how long it would take, and asks before more than {{unaskedMinutes}} minutes.',
                      {
                        unaskedMinutes,
                      },
                    )}
            </Box>
          </>
        )}
      </Box>
      {versions.length > 0 && <VersionList kind="scorer" versions={versions.map(listedScorer)} />}
    </Box>
  );
}
